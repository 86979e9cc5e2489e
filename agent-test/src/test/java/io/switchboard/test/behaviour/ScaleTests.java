package io.switchboard.test.behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToLongFunction;

import io.switchboard.AgentPath;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.mailbox.OverflowPolicy;
import io.switchboard.runtime.SupervisorRef;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must not grow faster than the number of children or messages. Nothing is timed:
 * what is counted is what the work {@linkplain Allocations allocates}, which is much as
 * soon as all children are looked through for each of them. How long it takes is measured
 * in the benchmarks.
 */
class ScaleTests {

	private static final int FEW = 1_000;

	private static final int MANY = 20_000;

	private static final int CALLS = 2_000;

	@Test
	@Conforms("K7")
	void startsBelowADynamicSupervisorGrowWithTheNumberOfChildren() {
		assertThatEachCostsTheSame((children) -> {
			try (TestAgentSystem system = TestAgentSystem
				.start(Trees.root(DynamicSupervisorSpec.builder("d").build()))) {
				return Allocations.during(() -> startChildren(system, "/d", children));
			}
		});
	}

	@Test
	@Conforms("K7")
	void stopOfADynamicSupervisorGrowsWithTheNumberOfChildren() {
		assertThatEachCostsTheSame((children) -> {
			TestAgentSystem system = TestAgentSystem.start(Trees.root(DynamicSupervisorSpec.builder("d").build()));
			startChildren(system, "/d", children);
			return Allocations.during(system::close);
		});
	}

	@Test
	@Conforms("K7")
	void startsAndStopsBelowAStaticSupervisorGrowWithTheNumberOfChildren() {
		assertThatEachCostsTheSame((children) -> {
			try (TestAgentSystem system = TestAgentSystem.start(Trees.root())) {
				return Allocations.during(() -> {
					startChildren(system, "/", children);
					SupervisorRef root = system.supervisor("/");
					for (int i = 0; i < children; i++) {
						system.resultOf(root.terminateChild("n" + i));
					}
				});
			}
		});
	}

	@Test
	@Conforms("K7")
	void startAndStopOfAStaticSupervisorGrowWithTheNumberOfChildren() {
		assertThatEachCostsTheSame((children) -> {
			SupervisorSpec.Builder root = SupervisorSpec.builder("root");
			for (int i = 0; i < children; i++) {
				root.child(Act.agent("n" + i));
			}
			SupervisorSpec spec = root.build();
			return Allocations.during(() -> TestAgentSystem.start(spec).close());
		});
	}

	@Test
	@Conforms("N23")
	void callsCostNoMoreFromAnAgentWithAFullMailbox() {
		double idle = secondOf(ScaleTests::costOfCalls, 0);

		double full = costOfCalls(100_000);

		assertThat(full / idle).as("%.0f bytes with a full mailbox, %.0f without", full, idle).isLessThan(1.5);
	}

	@Test
	@Conforms("N23")
	void answersReachAnAgentWithAFullMailboxBeforeWhatWaits() {
		MailboxSpec tiny = new MailboxSpec(1, OverflowPolicy.REJECT);
		List<Object> seen = new ArrayList<>();
		Sinks.Empty<Void> begin = Sinks.empty();
		try (TestAgentSystem system = TestAgentSystem
			.start(Trees.root(Act.agent("caller", (spec) -> spec.mailbox(tiny)), Act.agent("called")))) {
			system.agent("/caller")
				.tell((Act) (context) -> begin.asMono()
					.then(context.agent(AgentPath.of("/called")).ask("answer", String.class))
					.doOnNext(seen::add));
			system.agent("/caller").tell((Act) (context) -> Mono.fromRunnable(() -> seen.add("waiting")));
			boolean full = !system.agent("/caller").tell("too much").isAccepted();

			begin.tryEmitEmpty();

			assertThat(full).isTrue();
			assertThat(seen).containsExactly("answer", "waiting");
		}
	}

	private static void startChildren(TestAgentSystem system, String supervisor, int children) {
		SupervisorRef parent = system.supervisor(supervisor);
		for (int i = 0; i < children; i++) {
			system.resultOf(parent.startChild(Act.agent("n" + i)));
		}
	}

	private static long costOfCalls(int waiting) {
		MailboxSpec large = new MailboxSpec(waiting + 1, OverflowPolicy.REJECT);
		AtomicLong cost = new AtomicLong();
		Sinks.Empty<Void> begin = Sinks.empty();
		try (TestAgentSystem system = TestAgentSystem
			.start(Trees.root(Act.agent("caller", (spec) -> spec.mailbox(large)), Act.agent("called")))) {
			system.agent("/caller").tell((Act) (context) -> begin.asMono().then(Mono.defer(() -> {
				long before = Allocations.soFar();
				return Flux.range(0, CALLS)
					.concatMap((i) -> context.agent(AgentPath.of("/called")).ask(i, Integer.class))
					.doOnComplete(() -> cost.set(Allocations.soFar() - before))
					.then();
			})));
			for (int i = 0; i < waiting; i++) {
				assertThat(system.agent("/caller").tell(i).isAccepted()).isTrue();
			}

			begin.tryEmitEmpty();
		}
		assertThat(cost).hasPositiveValue();
		return cost.get();
	}

	private static void assertThatEachCostsTheSame(IntToLongFunction cost) {
		double few = secondOf(cost, FEW) / FEW;

		double many = (double) cost.applyAsLong(MANY) / MANY;

		assertThat(many / few).as("%.0f bytes each of many, %.0f each of few", many, few).isLessThan(2);
	}

	/**
	 * Measure twice: code allocates less once it is compiled.
	 */
	private static double secondOf(IntToLongFunction cost, int number) {
		return Math.min(cost.applyAsLong(number), cost.applyAsLong(number));
	}

}
