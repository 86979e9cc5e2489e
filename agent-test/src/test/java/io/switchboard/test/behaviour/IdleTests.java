package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.StatefulBehaviour;
import io.switchboard.runtime.NodeControl;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an agent sends itself when it has had nothing to do for a while.
 */
class IdleTests {

	private static final AgentPath PATH = AgentPath.of("/a");

	private final List<String> handled = new ArrayList<>();

	private final TestAgentSystem system = TestAgentSystem
		.start(Trees.root(AgentSpec.builder("a", Object.class, Patient::new).build()));

	@AfterEach
	void close() {
		this.system.close();
	}

	@Test
	@Conforms("N13")
	void idleTimeEndsWithAMessage() {
		this.system.agent("/a").tell("half a second");

		this.system.advance(Duration.ofMillis(499));
		assertThat(this.handled).containsExactly("half a second");
		this.system.advance(Duration.ofMillis(1));
		assertThat(this.handled).containsExactly("half a second", "idle");
		this.system.advance(Duration.ofMinutes(1));

		assertThat(this.handled).hasSize(2);
	}

	@Test
	@Conforms("N13")
	void anyMessageCancelsTheIdleTime() {
		this.system.agent("/a").tell("half a second");
		this.system.advance(Duration.ofMillis(499));
		this.system.agent("/a").tell("anything");

		this.system.advance(Duration.ofMinutes(1));

		assertThat(this.handled).containsExactly("half a second", "anything");
	}

	@Test
	@Conforms("N13")
	void inspectionDoesNotDisturbTheIdleTime() {
		this.system.agent("/a").tell("half a second");
		this.system.advance(Duration.ofMillis(300));

		this.system.tree();
		this.system.system().node(PATH);
		assertThat(this.system.resultOf(control().state())).isEqualTo(1);
		this.system.resultOf(control().replaceState((state) -> 7));
		this.system.resultOf(control().suspend());
		this.system.resultOf(control().resume());
		this.system.advance(Duration.ofMillis(199));
		assertThat(this.handled).containsExactly("half a second");
		this.system.advance(Duration.ofMillis(1));

		assertThat(this.handled).containsExactly("half a second", "idle");
	}

	@Test
	@Conforms("N13")
	void idleTimeThatEndsWhileSuspendedCountsAfterwards() {
		this.system.agent("/a").tell("half a second");
		this.system.resultOf(control().suspend());
		this.system.advance(Duration.ofSeconds(1));
		assertThat(this.handled).containsExactly("half a second");

		this.system.resultOf(control().resume());

		assertThat(this.handled).containsExactly("half a second", "idle");
	}

	@Test
	@Conforms("N13")
	void noIdleTimeAtAllComesBeforeWhatTheAgentSendsItself() {
		this.system.agent("/a").tell("at once");

		assertThat(this.handled).containsExactly("at once", "idle", "note to self");
	}

	@Test
	@Conforms("N14")
	void agentFallsAsleepAfterEachMessageAndInspectionDoesNotWakeIt() {
		this.system.agent("/a").tell("work 1");
		this.system.advance(Duration.ofMillis(100));
		assertThat(this.handled).containsExactly("work 1", "sleep");

		this.system.agent("/a").ask("work 2", Object.class).subscribe();
		this.system.advance(Duration.ofMillis(99));
		assertThat(this.handled).endsWith("work 2");
		this.system.advance(Duration.ofMillis(1));
		assertThat(this.handled).containsExactly("work 1", "sleep", "work 2", "sleep");

		assertThat(this.system.resultOf(control().state())).isEqualTo(4);
		this.system.advance(Duration.ofMinutes(1));
		assertThat(this.handled).hasSize(4);

		this.system.agent("/a").tell("work 3");
		this.system.advance(Duration.ofMillis(100));
		assertThat(this.handled).hasSize(6).endsWith("work 3", "sleep");
	}

	private NodeControl control() {
		return this.system.system().control(PATH);
	}

	/**
	 * Waits as long as it is told.
	 */
	private final class Patient implements StatefulBehaviour<Object, Integer> {

		private int count;

		@Override
		public Publisher<?> onMessage(Object message, AgentContext<Object> context) {
			this.count++;
			IdleTests.this.handled.add(message.toString());
			if (message.equals("half a second")) {
				context.sendWhenIdle(Duration.ofMillis(500), "idle");
			}
			else if (message.toString().startsWith("work")) {
				context.sendWhenIdle(Duration.ofMillis(100), "sleep");
			}
			else if (message.equals("at once")) {
				context.sendWhenIdle(Duration.ZERO, "idle");
				context.self().tell("note to self");
			}
			return Mono.empty();
		}

		@Override
		public Integer state() {
			return this.count;
		}

		@Override
		public void replaceState(Integer state) {
			this.count = state;
		}

	}

}
