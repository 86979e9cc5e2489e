package io.switchboard.test.behaviour;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.switchboard.Activity;
import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.AgentNode;
import io.switchboard.tree.NodeInspection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What an agent lets operators see of what it is at.
 */
class ActivityTests {

	private final TestAgentSystem system = TestAgentSystem
		.start(Trees.root(Act.agent("a"), Act.agent("b", (spec) -> spec.redelivers(true))));

	private final AgentRef<Object> agent = this.system.agent("/a");

	@AfterEach
	void close() {
		this.system.close();
	}

	@Test
	void isSeenWhileTheMessageIsInHand() {
		Sinks.Empty<Void> done = Sinks.empty();
		assertThat(shown()).isEmpty();

		this.agent.tell((Act) (context) -> {
			context.showActivity(activity("waiting", 1));
			return done.asMono();
		});

		assertThat(shown()).containsExactly(activity("waiting", 1));
		assertThat(inspected()).containsExactly(activity("waiting", 1));
		done.tryEmitEmpty();
		assertThat(shown()).isEmpty();
	}

	@Test
	void takesThePlaceOfOneOfTheSameName() {
		AgentContext<?> context = busy();

		context.showActivity(activity("waiting", 1));
		context.showActivity(activity("recovering", 1));
		context.showActivity(activity("waiting", 2));

		assertThat(shown()).containsExactly(activity("recovering", 1), activity("waiting", 2));
	}

	@Test
	void isGoneWhenItIsHidden() {
		AgentContext<?> context = busy();
		context.showActivity(activity("waiting", 1));
		context.showActivity(activity("recovering", 1));

		context.hideActivity("waiting");
		context.hideActivity("unknown");

		assertThat(shown()).containsExactly(activity("recovering", 1));
	}

	@Test
	void nothingIsSeenOfAMessageThatEndedAtOnce() {
		this.agent.tell((Act) (context) -> {
			context.showActivity(activity("waiting", 1));
			return Mono.empty();
		});

		this.agent.tell((Act) (context) -> Mono.never());

		assertThat(shown()).isEmpty();
	}

	@Test
	void theNextLifeShowsItsOwn() {
		Sinks.Empty<Void> crash = Sinks.empty();
		this.system.agent("/b").tell((Act) (context) -> {
			if (context.incarnation() == 1) {
				context.showActivity(activity("waiting", 1));
				return crash.asMono().then(Mono.error(new ProbeFailure("x")));
			}
			context.showActivity(activity("recovering", context.incarnation()));
			return Mono.never();
		});
		assertThat(shown("/b")).containsExactly(activity("waiting", 1));

		crash.tryEmitEmpty();

		assertThat(shown("/b")).containsExactly(activity("recovering", 2));
	}

	@Test
	void aLifeThatIsOverShowsNothing() {
		AgentContext<?> old = busy();
		old.showActivity(activity("waiting", 1));
		this.system.resultOf(this.system.system().control(AgentPath.of("/a")).kill());
		assertThat(shown()).isEmpty();

		old.showActivity(activity("waiting", 2));

		AgentContext<?> next = busy();
		old.showActivity(activity("waiting", 3));
		next.showActivity(activity("recovering", 1));
		old.hideActivity("recovering");
		assertThat(shown()).containsExactly(activity("recovering", 1));
	}

	@Test
	void betweenMessagesThereIsNothingToShow() {
		AgentContext<?>[] context = new AgentContext<?>[1];
		this.agent.tell((Act) (given) -> {
			context[0] = given;
			return Mono.empty();
		});

		context[0].showActivity(activity("waiting", 1));

		assertThat(shown()).isEmpty();
		this.agent.tell((Act) (given) -> Mono.never());
		assertThat(shown()).isEmpty();
	}

	@Test
	void thereAreEightAtMost() {
		AgentContext<?> context = busy();
		for (int number = 0; number < 8; number++) {
			context.showActivity(activity("activity" + number, number));
		}
		context.showActivity(activity("activity0", 9));

		assertThatIllegalStateException().isThrownBy(() -> context.showActivity(activity("one-more", 1)))
			.withMessage("Activity 'one-more' cannot be shown, as there are 8 already: hide one first");
		assertThat(shown()).hasSize(8).contains(activity("activity0", 9));
	}

	private AgentContext<?> busy() {
		AgentContext<?>[] context = new AgentContext<?>[1];
		this.agent.tell((Act) (given) -> {
			context[0] = given;
			return Mono.never();
		});
		return Objects.requireNonNull(context[0], "the agent is not free");
	}

	private static Activity activity(String name, long number) {
		return new Activity(name, Instant.EPOCH, Map.of("number", number));
	}

	private List<Activity> inspected() {
		TestSubscriber<NodeInspection> seen = TestSubscriber.create();
		this.system.system().control(AgentPath.of("/a")).inspect().subscribe(seen);
		// its state is waited for in vain
		this.system.advance(Duration.ofSeconds(1));
		return ((AgentNode) seen.getReceivedOnNext().get(0).node()).activities();
	}

	private List<Activity> shown() {
		return shown("/a");
	}

	private List<Activity> shown(String path) {
		return ((AgentNode) Objects.requireNonNull(this.system.tree().find(AgentPath.of(path)), path)).activities();
	}

}
