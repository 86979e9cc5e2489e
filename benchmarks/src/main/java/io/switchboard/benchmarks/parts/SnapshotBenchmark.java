package io.switchboard.benchmarks.parts;

import java.util.concurrent.TimeUnit;

import io.switchboard.tree.AgentTree;
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
 * A snapshot of a large tree.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SnapshotBenchmark {

	private static final int AGENTS = 100_000;

	private final EchoSystem system = new EchoSystem(AGENTS);

	@TearDown
	public void stop() {
		this.system.stop();
	}

	@Benchmark
	public AgentTree treeOf100000Agents() {
		return this.system.running().tree();
	}

}
