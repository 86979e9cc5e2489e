package io.switchboard.benchmarks.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import io.switchboard.benchmarks.measurement.Pauses;

/**
 * What the processors have done since the machine was started, in ticks. Read where Linux
 * shows it.
 *
 * @param total all time
 * @param busy time in which they did something
 * @param own of that, what this process and its ended children used
 */
record MachineLoad(long total, long busy, long own) {

	private static final int IDLE = 3;

	private static final int WAITING = 4;

	private static final int COUNTED = 8;

	private static final int FIRST_OF_OWN = 11;

	private static final int END_OF_OWN = 15;

	private static final double QUIET = 0.15;

	static MachineLoad now() {
		try {
			long[] times = fields(Files.readAllLines(Path.of("/proc/stat")).get(0).substring("cpu ".length()), 0,
					COUNTED);
			long total = Arrays.stream(times).sum();
			String self = Files.readString(Path.of("/proc/self/stat"));
			long own = Arrays.stream(fields(self.substring(self.lastIndexOf(')') + 2), FIRST_OF_OWN, END_OF_OWN)).sum();
			return new MachineLoad(total, total - times[IDLE] - times[WAITING], own);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The load of the machine is read from /proc, which only Linux has", ex);
		}
	}

	private static long[] fields(String line, int from, int to) {
		return Arrays.stream(line.strip().split("\\s+"), from, to).mapToLong(Long::parseLong).toArray();
	}

	/**
	 * Which share of all processors somebody else has used meanwhile.
	 * @param since when it began
	 * @return between zero and one
	 */
	double foreignSince(MachineLoad since) {
		long foreign = (this.busy - since.busy) - (this.own - since.own);
		return Math.max(0.0, (double) foreign) / Math.max(1, this.total - since.total);
	}

	/**
	 * Wait until nobody else does much, for a while at most.
	 * @param mostSeconds how long at most
	 * @return whether it is quiet
	 */
	static boolean awaitQuiet(int mostSeconds) {
		long end = System.nanoTime() + mostSeconds * 1_000_000_000L;
		while (System.nanoTime() - end < 0) {
			MachineLoad before = now();
			Pauses.ofMillis(400);
			if (now().foreignSince(before) < QUIET) {
				return true;
			}
		}
		return false;
	}

}
