package io.switchboard.benchmarks.measurement;

/**
 * Wall and CPU time from its start on.
 */
public final class Stopwatch {

	private final double startedCpu = ProcessReadings.cpuSeconds();

	private final long started = System.nanoTime();

	private Stopwatch() {
	}

	public static Stopwatch start() {
		return new Stopwatch();
	}

	public Lap stop() {
		double seconds = (System.nanoTime() - this.started) / 1e9;
		return new Lap(seconds, ProcessReadings.cpuSeconds() - this.startedCpu);
	}

	/**
	 * What a stopwatch has measured.
	 *
	 * @param seconds wall time
	 * @param cpuSeconds CPU time of the process
	 */
	public record Lap(double seconds, double cpuSeconds) {

	}

}
