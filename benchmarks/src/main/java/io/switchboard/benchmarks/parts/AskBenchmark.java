package io.switchboard.benchmarks.parts;

import java.util.concurrent.TimeUnit;

import io.switchboard.AgentRef;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A question from a thread that waits for the answer: two changes of threads, and what
 * the runtime adds.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AskBenchmark {

	private final EchoSystem system = new EchoSystem(1);

	private final AgentRef<Integer> agent = this.system.running().agent(this.system.path("echo-0"), Integer.class);

	@TearDown
	public void stop() {
		this.system.stop();
	}

	@Benchmark
	public @Nullable Integer askFromOutside() {
		return this.agent.ask(1, Integer.class).block();
	}

}
