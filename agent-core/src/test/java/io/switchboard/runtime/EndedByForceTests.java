package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.BehaviourFactory;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for who hears of it when a life is ended by force, and who does not.
 */
class EndedByForceTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final AgentPath PATH = AgentPath.of("/a");

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<AgentEvent> events = new ArrayList<>();

	private final List<Object> told = new ArrayList<>();

	@Test
	void theAskerOfAHandlerThatFailsAtTheSameMomentIsTold() {
		Sinks.Empty<Void> work = Sinks.empty();
		AgentSystem system = start(() -> (message, context) -> work.asMono());
		ask(system, "x");

		this.time.schedule(() -> {
			system.control(PATH).kill().subscribe();
			work.tryEmitError(new IllegalStateException("interrupted by the kill"));
		});

		assertThat(this.told).singleElement().isInstanceOf(AgentExitedException.class);
	}

	@Test
	void anAnswerGivenAtTheSameMomentCounts() {
		Sinks.One<String> work = Sinks.one();
		AgentSystem system = start(() -> (message, context) -> work.asMono());
		ask(system, "x");

		this.time.schedule(() -> {
			system.control(PATH).kill().subscribe();
			work.tryEmitValue("done");
		});

		assertThat(this.told).containsExactly("done");
	}

	@Test
	void anOperatorWhoLooksAtTheSameMomentIsTold() {
		AgentSystem system = start(() -> (message, context) -> Mono.empty());

		this.time.schedule(() -> {
			system.control(PATH).state().subscribe(null, this.told::add, () -> this.told.add("looked"));
			system.control(PATH).suspend().subscribe(null, this.told::add, () -> this.told.add("suspended"));
			system.control(PATH).resume().subscribe(null, this.told::add, () -> this.told.add("resumed"));
			system.control(PATH).kill().subscribe();
		});

		assertThat(this.told).hasSize(3).contains("resumed").hasAtLeastOneElementOfType(ChildOperationException.class);
		assertThat(system.tree().find(PATH).status()).isEqualTo(NodeStatus.RUNNING);
	}

	@Test
	void allToWhomAnAnswerWasPromisedAreToldThoughOneOfThemIsStuck() {
		AgentSystem system = start(() -> (message, context) -> {
			if (message.equals("stop")) {
				context.stop();
			}
			else {
				context.deferReply();
			}
			return Mono.empty();
		});
		AgentCell cell = cellOf(system);
		AgentRef<String> agent = system.agent("/a", String.class);
		for (int i = 0; i < 3; i++) {
			agent.ask("later", String.class).subscribe(this.told::add, (ex) -> {
				this.told.add(ex);
				cell.kill(1);
			});
		}

		agent.tell("stop");

		assertThat(this.told).hasSize(3).allMatch(AgentExitedException.class::isInstance);
		StepVerifier.create(system.stop()).expectComplete().verify(LIMIT);
	}

	@Test
	void aStopDoesNotWaitForAnAskerThatIsStuck() throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		CountDownLatch stuck = new CountDownLatch(1);
		AgentSystem system = AgentSystem.builder(
				SupervisorSpec.builder("root").child(AgentSpec.builder("a", String.class, () -> (message, context) -> {
					context.deferReply();
					throw new IllegalStateException("as asked");
				}).shutdown(Shutdown.after(Duration.ofMillis(50))).build()).build())
			.build();
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);
		system.agent("/a", String.class).ask("x", String.class).subscribe(this.told::add, (ex) -> {
			stuck.countDown();
			while (never.getCount() > 0) {
				Thread.onSpinWait();
			}
		});
		assertThat(stuck.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

		StepVerifier.create(system.stop()).expectComplete().verify(LIMIT);

		never.countDown();
	}

	private void ask(AgentSystem system, String message) {
		system.agent("/a", String.class).ask(message, String.class).subscribe(this.told::add, this.told::add);
	}

	private static AgentCell cellOf(AgentSystem system) {
		return (AgentCell) Objects.requireNonNull(((DefaultAgentSystem) system).find(PATH));
	}

	private AgentSystem start(BehaviourFactory<String> factory) {
		AgentSystem system = AgentSystem
			.builder(
					SupervisorSpec.builder("root").child(AgentSpec.builder("a", String.class, factory).build()).build())
			.scheduler(this.time)
			.blockingScheduler(this.time)
			.listener(this.events::add)
			.build();
		StepVerifier.create(system.start()).expectComplete().verify(LIMIT);
		return system;
	}

}
