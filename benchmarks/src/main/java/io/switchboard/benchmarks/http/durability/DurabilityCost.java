package io.switchboard.benchmarks.http.durability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.switchboard.benchmarks.measurement.Figures;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the same load with each journal by turns and says what they cost. Each run is a
 * line of JSON.
 */
public final class DurabilityCost {

	private DurabilityCost() {
	}

	/**
	 * Measure, from the folder of the benchmarks.
	 * @param arguments as {@link CostOptions#USAGE} says
	 * @throws IOException if nothing can be run
	 */
	public static void main(String[] arguments) throws IOException {
		if (List.of(arguments).contains("--help")) {
			System.out.print(CostOptions.USAGE);
			return;
		}
		CostOptions options = CostOptions.of(arguments);
		CostRun run = new CostRun(options, Files.createDirectories(Path.of("target", "durability")));
		List<Map<Store, Figures>> results = new ArrayList<>();
		for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
			Map<Store, Figures> figures = new EnumMap<>(Store.class);
			results.add(figures);
			for (Store store : options.stores()) {
				figures.put(store, run.run(store));
				System.out.println(JsonMapper.shared()
					.writeValueAsString(Map.of("store", store.label(), "repetition", repetition, "jdk",
							Runtime.version().toString(), "figures", figures.get(store).values())));
			}
		}
		System.out.println();
		new CostTable(options.stores(), results).lines().forEach(System.out::println);
		System.exit(0);
	}

}
