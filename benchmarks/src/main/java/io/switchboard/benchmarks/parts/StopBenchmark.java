package io.switchboard.benchmarks.parts;

import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import io.switchboard.AgentPath;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.SupervisorSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Starting all children of a supervisor and stopping it with them: ten times as many may
 * take ten times as long.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StopBenchmark {

	private static final int STARTED_AT_ONCE = 64;

	/**
	 * How many children there are.
	 */
	@Param({ "1000", "10000", "100000" })
	private int children;

	@Benchmark
	public void childrenOfADynamicSupervisor() {
		AgentSystem system = AgentSystem
			.builder(SupervisorSpec.builder("root").child(DynamicSupervisorSpec.builder("children").build()).build())
			.build();
		startAndStop(system, (i) -> system.supervisor(AgentPath.of("/children")).startChild(agent(i)).then());
	}

	@Benchmark
	public void childrenOfAStaticSupervisor() {
		AgentSystem system = AgentSystem.builder(SupervisorSpec.builder("root").build()).build();
		startAndStop(system, (i) -> system.supervisor(AgentPath.ROOT).startChild(agent(i)).then());
	}

	private void startAndStop(AgentSystem system, IntFunction<Mono<Void>> startChild) {
		system.start()
			.thenMany(Flux.range(0, this.children).flatMap(startChild::apply, STARTED_AT_ONCE))
			.then(system.stop())
			.block();
	}

	private static AgentSpec<?> agent(int number) {
		return AgentSpec.builder("agent-" + number, Object.class, () -> (message, context) -> Mono.empty()).build();
	}

}
