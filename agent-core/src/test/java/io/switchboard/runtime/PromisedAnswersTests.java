package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.Reply;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.BehaviourFactory;
import io.switchboard.supervision.SupervisorSpec;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for messages that are put aside, and answers that come later.
 */
class PromisedAnswersTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<String> log = new ArrayList<>();

	private final AtomicReference<AgentContext<String>> context = new AtomicReference<>();

	private boolean open;

	@Test
	void aMessageIsPutAsideOnce() {
		AgentSystem system = start(() -> (message, context) -> {
			this.log.add(message);
			if (!this.open) {
				this.open = true;
				context.stash();
				assertThatIllegalStateException().isThrownBy(context::stash);
				assertThatIllegalStateException().isThrownBy(context::deferReply);
				context.unstashAll();
			}
			return Mono.empty();
		});

		system.agent("/a", String.class).tell("x");

		assertThat(this.log).containsExactly("x", "x");
	}

	@Test
	void anAnswerIsPromisedOnce() {
		AgentSystem system = start(() -> (message, context) -> {
			Reply reply = context.deferReply();
			assertThatIllegalStateException().isThrownBy(context::deferReply);
			assertThatIllegalStateException().isThrownBy(context::stash);
			reply.send("answer");
			return Mono.empty();
		});

		StepVerifier.create(system.agent("/a", String.class).ask("x", String.class))
			.expectNext("answer")
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void anAnswerThatWaitsForItsAskerSurvivesALateTimeout() {
		TestSubscriber<String> asker = TestSubscriber.builder().initialRequest(0).build();
		PendingAsk<String> pending = new PendingAsk<>(asker, AgentPath.of("/a"), String.class);
		asker.onSubscribe(pending);
		pending.next("answer");
		pending.complete();

		pending.fail(new IllegalStateException("too late"));
		asker.request(1);

		assertThat(asker.getReceivedOnNext()).containsExactly("answer");
	}

	private AgentSystem start(BehaviourFactory<String> factory) {
		AgentSystem system = AgentSystem
			.builder(
					SupervisorSpec.builder("root").child(AgentSpec.builder("a", String.class, factory).build()).build())
			.scheduler(this.time)
			.blockingScheduler(this.time)
			.build();
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);
		return system;
	}

}
