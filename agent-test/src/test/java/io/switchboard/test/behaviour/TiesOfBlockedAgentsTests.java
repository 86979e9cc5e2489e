package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.Terminated;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.Shutdown;
import io.switchboard.test.Blockade;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Monitors and links of agents that hold their thread.
 */
class TiesOfBlockedAgentsTests {

	private static final AgentPath BLOCKED = AgentPath.of("/blocked");

	private final CountDownLatch abandoned = new CountDownLatch(1);

	@ParameterizedTest(name = "blocking {0}")
	@ValueSource(booleans = { false, true })
	void partnerThatHoldsItsThreadLosesItsAgentAfterItsShutdownTime(boolean blocking) throws InterruptedException {
		try (Blockade blockade = new Blockade();
				RealThreads threads = start((spec) -> spec.blocking(blocking).shutdown(brief()))) {
			RealThreads.await(threads.agent("/blocked").ask(linkTo("/free"), Long.class));
			block(threads, blockade);

			end(threads, "/free");

			RealThreads.await(this.abandoned);
			assertThat(RealThreads.await(threads.agent("/blocked").ask(life(), Long.class))).isEqualTo(2);
			assertThat(threads.system.tree()).hasNode("/blocked").withLastExit(ExitReason.killed());
			assertThat(threads.events.of(AgentEvent.ShutdownTimedOut.class)).singleElement()
				.extracting(AgentEvent.ShutdownTimedOut::path)
				.isEqualTo(BLOCKED);
		}
	}

	@Test
	void unlinkComesInTimeForAPartnerThatHasEndedMeanwhile() throws InterruptedException {
		try (Blockade blockade = new Blockade();
				RealThreads threads = start((spec) -> spec.shutdown(Shutdown.after(Trees.LIMIT)))) {
			RealThreads.await(threads.agent("/blocked").ask(linkTo("/free"), Long.class));
			threads.agent("/blocked").tell((Act) (context) -> {
				blockade.hold();
				context.unlink(AgentPath.of("/free"));
				return Mono.empty();
			});
			blockade.awaitHeld(Trees.LIMIT);
			Mono<Terminated> gone = threads.system.whenTerminated(AgentPath.of("/free")).cache();
			gone.subscribe();
			end(threads, "/free");
			RealThreads.await(gone);

			blockade.release();

			assertThat(RealThreads.await(threads.agent("/blocked").ask(life(), Long.class))).isOne();
		}
	}

	@Test
	void killThatTakesTheAgentFromItsThreadIsHeardOf() throws InterruptedException {
		try (Blockade blockade = new Blockade(); RealThreads threads = start((spec) -> spec.shutdown(brief()))) {
			RealThreads.await(threads.agent("/free").ask(linkTo("/blocked"), Long.class));
			block(threads, blockade);
			Mono<Terminated> end = threads.system.whenTerminated(BLOCKED).cache();
			end.subscribe();

			RealThreads.await(threads.system.control(BLOCKED).kill());

			assertThat(RealThreads.await(end)).isEqualTo(new Terminated(BLOCKED, 1, ExitReason.killed()));
			RealThreads.await(this.abandoned);
			assertThat(RealThreads.await(threads.agent("/free").ask(life(), Long.class))).isEqualTo(2);
			assertThat(threads.system.tree()).hasNode("/free").withLastExit(ExitReason.killed());
		}
	}

	private RealThreads start(UnaryOperator<AgentSpec.Builder<Object>> settings) {
		return new RealThreads(Trees.root(Act.agent("blocked", settings), Act.agent("free")),
				(system) -> system.listener((event) -> {
					if (event instanceof AgentEvent.WorkAbandoned) {
						this.abandoned.countDown();
					}
				}));
	}

	private static void block(RealThreads threads, Blockade blockade) throws InterruptedException {
		threads.agent("/blocked").tell((Act) (context) -> {
			blockade.hold();
			return Mono.empty();
		});
		blockade.awaitHeld(Trees.LIMIT);
	}

	private static void end(RealThreads threads, String path) {
		threads.agent(path).tell((Act) (context) -> {
			context.stop(ExitReason.shutdown());
			return Mono.empty();
		});
	}

	private static Act linkTo(String path) {
		return (context) -> {
			context.link(AgentPath.of(path));
			return Mono.just(context.incarnation());
		};
	}

	private static Act life() {
		return (context) -> Mono.just(context.incarnation());
	}

	private static Shutdown brief() {
		return Shutdown.after(Duration.ofMillis(20));
	}

}
