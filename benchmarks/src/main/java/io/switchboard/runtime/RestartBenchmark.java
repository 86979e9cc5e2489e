package io.switchboard.runtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.switchboard.ExitReason;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.publisher.Mono;

/**
 * What a supervisor decides when one of its children has crashed, without carrying it
 * out.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RestartBenchmark {

	private static final ExitReason CRASH = ExitReason.crash(new IllegalStateException("boom"));

	private static final long BETWEEN_CRASHES = TimeUnit.MILLISECONDS.toNanos(10);

	private static final RestartIntensity INTENSITY = new RestartIntensity(1000, Duration.ofSeconds(1));

	/**
	 * How many siblings the child has.
	 */
	@Param({ "1", "10000" })
	private int siblings;

	private SupervisorMachine machine = new StaticSupervisor(SupervisorSpec.builder("none").build());

	private Child child = new Child(agent(0), 0);

	private long now;

	@Setup
	public void start() {
		this.machine = new StaticSupervisor(SupervisorSpec.builder("supervisor")
			.strategy(Strategy.ONE_FOR_ONE)
			.intensity(INTENSITY)
			.children(IntStream.rangeClosed(0, this.siblings).mapToObj(RestartBenchmark::agent).toList())
			.build());
		this.machine.handle(new SupervisorInput.Startup(), this.now);
		for (Child started : this.machine.children.inOrder()) {
			this.machine.handle(new SupervisorInput.ChildStarted(started, started.incarnation, null), this.now);
			this.child = started;
		}
	}

	private static AgentSpec<?> agent(int number) {
		return AgentSpec.builder("agent-" + number, Object.class, () -> (message, context) -> Mono.empty()).build();
	}

	@Benchmark
	public List<SupervisorCommand> crashAndStart() {
		this.now += BETWEEN_CRASHES;
		List<SupervisorCommand> restart = this.machine
			.handle(new SupervisorInput.ChildExited(this.child, this.child.incarnation, CRASH), this.now);
		this.machine.handle(new SupervisorInput.ChildStarted(this.child, this.child.incarnation, null), this.now);
		return restart;
	}

}
