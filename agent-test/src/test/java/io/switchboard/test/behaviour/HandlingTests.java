package io.switchboard.test.behaviour;

import java.util.ArrayList;
import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.Handling;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether what a handler's publisher says still reaches anybody.
 */
class HandlingTests {

	private static final AgentPath PATH = AgentPath.of("/a");

	private final List<ContextView> handlings = new ArrayList<>();

	private final Sinks.Many<String> said = Sinks.many().unicast().onBackpressureBuffer();

	private final TestAgentSystem system = TestAgentSystem.start(
			Trees.root(AgentSpec.builder("a", Object.class, () -> (message, context) -> Flux.deferContextual((view) -> {
				this.handlings.add(view);
				return (this.handlings.size() == 1) ? this.said.asFlux() : Flux.never();
			})).build()));

	@AfterEach
	void close() {
		this.system.close();
	}

	@Test
	void aLifeIsHeardUntilItIsCutOff() {
		this.system.agent("/a").tell("one");
		assertThat(Handling.isHeard(this.handlings.get(0))).isTrue();

		this.system.resultOf(this.system.system().control(PATH).kill());
		this.system.agent("/a").tell("two");

		assertThat(this.handlings).hasSize(2);
		assertThat(Handling.isHeard(this.handlings.get(0))).isFalse();
		assertThat(Handling.isHeard(this.handlings.get(1))).isTrue();
	}

	@Test
	void aReceiverThatHasLeftHearsNothing() {
		Disposable receiver = this.system.agent("/a").stream("one", String.class).subscribe();
		assertThat(Handling.isHeard(this.handlings.get(0))).isTrue();

		receiver.dispose();

		assertThat(Handling.isHeard(this.handlings.get(0))).isFalse();
	}

	@Test
	void aMessageThatIsHandledIsHeardOfNoMore() {
		this.system.agent("/a").stream("one", String.class).subscribe();
		this.said.tryEmitNext("Hello");
		assertThat(Handling.isHeard(this.handlings.get(0))).isTrue();

		this.said.tryEmitComplete();

		assertThat(Handling.isHeard(this.handlings.get(0))).isFalse();
	}

	@Test
	void whoeverSubscribesOutsideOfAnAgentIsHeard() {
		assertThat(Handling.isHeard(Context.empty())).isTrue();
	}

}
