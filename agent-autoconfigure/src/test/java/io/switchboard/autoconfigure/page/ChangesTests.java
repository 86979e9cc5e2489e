package io.switchboard.autoconfigure.page;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.event.AgentEvent;
import io.switchboard.report.Sanitizer;
import io.switchboard.supervision.NodeType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Changes}.
 */
class ChangesTests {

	private final Changes changes = new Changes(ReasonText.HIDE_MESSAGES);

	@Test
	void stormIsCountedAndNotListed() {
		for (int agent = 0; agent < 5000; agent++) {
			this.changes.add(exited("/desk/" + agent));
			this.changes.add(restarted("/desk/" + agent));
		}

		Changes.Taken taken = this.changes.take();
		assertThat(taken.restarts).isEqualTo(5000);
		assertThat(taken.crashes).isEqualTo(5000);
		assertThat(taken.nodes).hasSize(Changes.MAX_NODES);
		assertThat(taken.news()).hasSize(Changes.MAX_NEWS).last().extracting(Pulse.News::path).isEqualTo("/desk/4999");
		assertThat(taken.many).isTrue();
	}

	@Test
	void oneAgentThatChangesOftenIsOneChange() {
		for (int time = 0; time < 5000; time++) {
			this.changes.add(restarted("/desk/1"));
		}

		Changes.Taken taken = this.changes.take();
		assertThat(taken.nodes).containsExactly(AgentPath.of("/desk/1"));
		assertThat(taken.many).isFalse();
	}

	@Test
	void whatWasTakenIsNotToldAgain() {
		this.changes.add(restarted("/desk/1"));
		this.changes.take();

		assertThat(this.changes.take().isEmpty()).isTrue();
	}

	@Test
	void messagesOfExceptionsAreNotTold() {
		this.changes.add(exited("/desk/1"));

		assertThat(this.changes.take().news()).singleElement()
			.extracting(Pulse.News::reason)
			.isEqualTo("java.lang.IllegalStateException");
	}

	@Test
	void onlyWhatIsToldIsDescribedAndOnlyThen() {
		AtomicInteger described = new AtomicInteger();
		Changes told = new Changes(ReasonText.showingMessages(true, Sanitizer.rewriting((text) -> {
			described.incrementAndGet();
			return text;
		})));
		for (int agent = 0; agent < 5000; agent++) {
			told.add(exited("/desk/" + agent));
		}
		assertThat(described).hasValue(0);

		assertThat(told.take().news()).last()
			.extracting(Pulse.News::reason)
			.isEqualTo("java.lang.IllegalStateException: secret");

		assertThat(described).hasValue(Changes.MAX_NEWS);
	}

	@Test
	void newChildIsAChangeOfItsSupervisor() {
		this.changes.add(new AgentEvent.Started(AgentPath.of("/desk/1"), NodeType.AGENT, 1, Instant.EPOCH));

		assertThat(this.changes.take().lists).containsExactly(AgentPath.of("/desk"));
	}

	private static AgentEvent exited(String path) {
		return new AgentEvent.Exited(AgentPath.of(path), NodeType.AGENT, 1,
				ExitReason.crash(new IllegalStateException("secret")), Instant.EPOCH);
	}

	private static AgentEvent restarted(String path) {
		return new AgentEvent.Restarted(AgentPath.of(path), NodeType.AGENT, 2,
				ExitReason.crash(new IllegalStateException("secret")), 1, Instant.EPOCH);
	}

}
