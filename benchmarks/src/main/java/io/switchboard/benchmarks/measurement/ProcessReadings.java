package io.switchboard.benchmarks.measurement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the operating system and the JVM say of this process. Memory is read where Linux
 * shows it.
 */
public final class ProcessReadings {

	private static final int COLLECTIONS_UNTIL_CLEAN = 3;

	private ProcessReadings() {
	}

	public static long residentKb() {
		return statusKb("VmRSS:");
	}

	public static long peakResidentKb() {
		return statusKb("VmHWM:");
	}

	private static long statusKb(String key) {
		try {
			for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
				if (line.startsWith(key)) {
					return Long.parseLong(line.replaceAll("[^0-9]", ""));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("This work reads memory from /proc, which only Linux has", ex);
		}
		throw new IllegalStateException("/proc/self/status has no line '%s'".formatted(key));
	}

	public static double cpuSeconds() {
		return ProcessHandle.current()
			.info()
			.totalCpuDuration()
			.map((used) -> used.toNanos() / 1e9)
			.orElseThrow(() -> new IllegalStateException("This platform does not tell the CPU time of a process"));
	}

	/**
	 * Collect garbage until only what is reachable is left.
	 * @return bytes in use
	 */
	public static long liveHeapBytes() {
		for (int i = 0; i < COLLECTIONS_UNTIL_CLEAN; i++) {
			System.gc();
			Pauses.ofMillis(150);
		}
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

	public static long collectionMillis() {
		return ManagementFactory.getGarbageCollectorMXBeans()
			.stream()
			.mapToLong(GarbageCollectorMXBean::getCollectionTime)
			.sum();
	}

	public static long collections() {
		return ManagementFactory.getGarbageCollectorMXBeans()
			.stream()
			.mapToLong(GarbageCollectorMXBean::getCollectionCount)
			.sum();
	}

}
