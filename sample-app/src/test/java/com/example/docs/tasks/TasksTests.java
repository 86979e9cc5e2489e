package com.example.docs.tasks;

import java.time.Duration;
import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.Callers;
import io.switchboard.TaskOutcome;
import io.switchboard.TaskStreamOptions;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the examples of tasks.
 */
class TasksTests {

	private static final AgentPath TOOLS = AgentPath.of("/tools");

	@Test
	void theBuyerSurvivesABrokenShop() {
		try (TestAgentSystem system = start()) {
			assertThat(system.resultOf(system.agent("/buyer").ask("tea", String.class))).isEqualTo("tea costs 3");
			assertThat(system.resultOf(system.agent("/buyer").ask("gold", String.class)))
				.isEqualTo("the shop is broken");
		}
	}

	@Test
	void allPricesAreAskedFor() {
		try (TestAgentSystem system = start()) {
			List<TaskOutcome<String, Integer>> outcomes = system
				.resultOf(prices(system.system(), List.of("tea", "gold", "salt")).collectList());

			assertThat(outcomes).hasSize(3);
			assertThat(outcomes).element(0).isEqualTo(new TaskOutcome.Completed<>("tea", 3));
			assertThat(outcomes).element(1).isInstanceOf(TaskOutcome.Failed.class);
		}
	}

	@Test
	void theWatchRunsOn() {
		try (TestAgentSystem system = start()) {
			assertThat(system.resultOf(watch(system.system(), Mono.never()))).hasToString("/tools/watch-1");
			assertThat(system.system().node(AgentPath.of("/tools/watch-1"))).isNotNull();
		}
	}

	@Test
	void theWorkKnowsItsCallers() {
		try (TestAgentSystem system = start()) {
			assertThat(system.resultOf(system.system().tasks(TOOLS).run(() -> audit("looked up"))))
				.isEqualTo("looked up for []");
		}
	}

	private static DynamicSupervisorSpec tools() {
		// tag::supervisor[]
		return DynamicSupervisorSpec.builder("tools").maxChildren(200).build();
		// end::supervisor[]
	}

	// tag::stream[]
	private static Flux<TaskOutcome<String, Integer>> prices(AgentSystem system, List<String> articles) {
		TaskStreamOptions options = TaskStreamOptions.defaults().withConcurrency(8).withTimeout(Duration.ofSeconds(30));
		return system.tasks(AgentPath.of("/tools"))
			.named("price")
			.outcomes(articles, (article) -> lookUp(article), options);
	}
	// end::stream[]

	// tag::child[]
	private static Mono<AgentPath> watch(AgentSystem system, Mono<Void> changes) {
		return system.tasks(AgentPath.of("/tools"))
			.named("watch")
			.startChild(Restart.TRANSIENT, Shutdown.infinite(), () -> changes);
	}
	// end::child[]

	// tag::callers[]
	private static Mono<String> audit(String what) {
		return Mono.deferContextual((context) -> Mono.just(what + " for " + Callers.of(context).paths()));
	}
	// end::callers[]

	private static Mono<Integer> lookUp(String article) {
		return Mono.fromSupplier(() -> price(article));
	}

	private static int price(String article) {
		if (article.equals("gold")) {
			throw new IllegalStateException("the shop is closed");
		}
		return article.length();
	}

	private static TestAgentSystem start() {
		return TestAgentSystem.start(SupervisorSpec.builder("root")
			.child(tools())
			.child(AgentSpec.builder("buyer", String.class, () -> new Buyer(TasksTests::price)).build())
			.build());
	}

}
