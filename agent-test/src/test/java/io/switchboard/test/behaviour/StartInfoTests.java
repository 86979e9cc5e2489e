package io.switchboard.test.behaviour;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.runtime.StartedChild;
import io.switchboard.runtime.SupervisorRef;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a start hands to whoever set it off.
 */
class StartInfoTests {

	private final AtomicInteger starts = new AtomicInteger();

	@Test
	@Conforms("A11")
	void informationOfAStartIsHandedBackUnchanged() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root())) {
			SupervisorRef root = system.supervisor("/");

			assertThat(system.resultOf(root.startChild(spec())))
				.isEqualTo(new StartedChild(AgentPath.of("/a"), 1, "start 1"));
			system.resultOf(root.terminateChild("a"));
			assertThat(system.resultOf(root.restartChild("a")))
				.isEqualTo(new StartedChild(AgentPath.of("/a"), 2, "start 2"));
		}
	}

	@Test
	@Conforms("A11")
	void automaticRestartIgnoresTheInformation() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(spec()))) {
			system.agent("/a").tell("fail");

			assertThat(Trees.status(system, "/a")).isEqualTo(NodeStatus.RUNNING);
			assertThat(this.starts).hasValue(2);
		}
	}

	@Test
	@Conforms("K9")
	void dynamicSupervisorPassesTheInformationOn() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(DynamicSupervisorSpec.builder("d").build()))) {
			assertThat(system.resultOf(system.supervisor("/d").startChild(spec())))
				.isEqualTo(new StartedChild(AgentPath.of("/d/a"), 1, "start 1"));
		}
	}

	@Test
	void informationAfterTheStartIsRefused() {
		AtomicReference<Throwable> refusal = new AtomicReference<>();
		Behaviour<String> late = (message, context) -> {
			try {
				context.startInfo("late");
			}
			catch (IllegalStateException ex) {
				refusal.set(ex);
			}
			return Mono.empty();
		};
		AgentSpec<String> spec = AgentSpec.builder("a", String.class, () -> late).build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(spec))) {
			system.agent("/a").tell("go");

			assertThat(refusal.get()).hasMessageContaining("/a").hasMessageContaining("onStart");
		}
	}

	private AgentSpec<String> spec() {
		return AgentSpec.builder("a", String.class, () -> new Informing(this.starts.incrementAndGet())).build();
	}

	/**
	 * Tells the number of its start.
	 */
	private static final class Informing implements Behaviour<String> {

		private final int start;

		private Informing(int start) {
			this.start = start;
		}

		@Override
		public Mono<Void> onStart(AgentContext<String> context) {
			return Mono.fromRunnable(() -> context.startInfo("start " + this.start));
		}

		@Override
		public Publisher<?> onMessage(String message, AgentContext<String> context) {
			throw new IllegalStateException(message);
		}

	}

}
