package io.switchboard.test.behaviour;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import io.switchboard.AgentPath;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.mailbox.OverflowPolicy;
import io.switchboard.runtime.SupervisorRef;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must not grow faster than the number of children or messages. Ratios of measured
 * times, with limits that only another order of growth exceeds.
 */
class ScaleTests {

	/**
	 * A pause of the machine may spoil a measurement, but not as many.
	 */
	private static final int MEASUREMENTS = 5;

	@Test
	@Conforms("K7")
	void stopOfADynamicSupervisorGrowsWithTheNumberOfChildren() {
		timeToStop(1000);

		assertThatRatioIsBelow(50, () -> timeToStop(10_000), () -> timeToStop(1000));
	}

	@Test
	@Conforms("K7")
	void startsAndStopsBelowAStaticSupervisorGrowWithTheNumberOfChildren() {
		timeToStartAndStop(1000);

		assertThatRatioIsBelow(200, () -> timeToStartAndStop(20_000), () -> timeToStartAndStop(1000));
	}

	@Test
	@Conforms("N23")
	void callsAreAsFastFromAnAgentWithAFullMailbox() {
		timeOfCalls(0);

		assertThatRatioIsBelow(10, () -> timeOfCalls(500_000), () -> timeOfCalls(0));
	}

	/**
	 * On the runtime's own timers: those of virtual time look through all that wait when
	 * one is called off.
	 */
	private static long timeToStop(int children) {
		RealThreads threads = new RealThreads(Trees.root(DynamicSupervisorSpec.builder("d").build()));
		SupervisorRef supervisor = threads.system.supervisor(AgentPath.of("/d"));
		RealThreads.await(Flux.range(0, children).flatMap((i) -> supervisor.startChild(Act.agent("n" + i)), 16).then());
		long before = System.nanoTime();
		threads.close();
		return System.nanoTime() - before;
	}

	private static long timeToStartAndStop(int children) {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root())) {
			SupervisorRef root = system.supervisor("/");
			long before = System.nanoTime();
			for (int i = 0; i < children; i++) {
				system.resultOf(root.startChild(Act.agent("n" + i)));
			}
			for (int i = 0; i < children; i++) {
				system.resultOf(root.terminateChild("n" + i));
			}
			return System.nanoTime() - before;
		}
	}

	private static long timeOfCalls(int waiting) {
		MailboxSpec large = new MailboxSpec(waiting + 1, OverflowPolicy.REJECT);
		try (RealThreads threads = new RealThreads(
				Trees.root(Act.agent("caller", (spec) -> spec.mailbox(large)), Act.agent("called")))) {
			Sinks.Empty<Void> begin = Sinks.empty();
			AtomicLong taken = new AtomicLong();
			CountDownLatch measured = new CountDownLatch(1);
			threads.agent("/caller").tell((Act) (context) -> begin.asMono().then(Mono.defer(() -> {
				long before = System.nanoTime();
				return Flux.range(0, 2000)
					.concatMap((i) -> context.agent(AgentPath.of("/called")).ask(i, Integer.class))
					.doOnComplete(() -> taken.set(System.nanoTime() - before))
					.then();
			})).doFinally((signal) -> measured.countDown()));
			for (int i = 0; i < waiting; i++) {
				assertThat(threads.agent("/caller").tell(i).isAccepted()).isTrue();
			}
			begin.tryEmitEmpty();
			RealThreads.await(measured);
			assertThat(taken).hasPositiveValue();
			return taken.get();
		}
	}

	/**
	 * Compare two measurements, again if the ratio is too large: only one that stays so
	 * is the runtime's.
	 * @param limit what the ratio must not reach
	 * @param large the larger case
	 * @param small the smaller case
	 */
	private static void assertThatRatioIsBelow(double limit, LongSupplier large, LongSupplier small) {
		double smallest = Double.MAX_VALUE;
		for (int i = 0; i < MEASUREMENTS && smallest >= limit; i++) {
			smallest = Math.min(smallest, (double) large.getAsLong() / small.getAsLong());
		}

		assertThat(smallest).isLessThan(limit);
	}

}
