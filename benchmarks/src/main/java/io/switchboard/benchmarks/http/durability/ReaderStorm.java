package io.switchboard.benchmarks.http.durability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.switchboard.benchmarks.measurement.Figures;
import tools.jackson.databind.json.JsonMapper;

/**
 * Thousands of readers come back at once with the last event that they got. Each run is a
 * line of JSON.
 */
public final class ReaderStorm {

	private ReaderStorm() {
	}

	/**
	 * Measure, from the folder of the benchmarks.
	 * @param arguments as {@link StormOptions#USAGE} says
	 * @throws IOException if nothing can be run
	 */
	public static void main(String[] arguments) throws IOException {
		if (List.of(arguments).contains("--help")) {
			System.out.print(StormOptions.USAGE);
			return;
		}
		StormOptions options = StormOptions.of(arguments);
		StormRun run = new StormRun(options, Files.createDirectories(Path.of("target", "durability")));
		boolean good = true;
		for (Store store : options.stores()) {
			Figures figures = run.run(store);
			System.out.println(JsonMapper.shared()
				.writeValueAsString(Map.of("store", store.label(), "readers", options.readers(), "jdk",
						Runtime.version().toString(), "figures", figures.values())));
			good &= isGood(options, figures.values());
		}
		System.exit(good ? 0 : 1);
	}

	private static boolean isGood(StormOptions options, Map<String, Object> figures) {
		return Integer.valueOf(options.readers()).equals(figures.get("caught_up"))
				&& Stream.of("wrong_events", "asides", "beyond")
					.allMatch((name) -> Integer.valueOf(0).equals(figures.get(name)));
	}

}
