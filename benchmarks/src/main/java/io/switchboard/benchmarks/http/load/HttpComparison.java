package io.switchboard.benchmarks.http.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.switchboard.benchmarks.measurement.Figures;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs applications by turns under the same load and says how they compare. Each run is a
 * line of JSON.
 */
public final class HttpComparison {

	private HttpComparison() {
	}

	/**
	 * Compare, from the folder of the benchmarks.
	 * @param arguments as {@link Options#USAGE} says
	 * @throws IOException if nothing can be run
	 */
	public static void main(String[] arguments) throws IOException {
		if (List.of(arguments).contains("--help")) {
			System.out.print(Options.USAGE);
			return;
		}
		Options options = options(arguments);
		LoadRun run = new LoadRun(options, Files.createDirectories(Path.of("target", "http")));
		Map<App, List<Figures>> results = new EnumMap<>(App.class);
		boolean good = true;
		for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
			for (App app : options.apps()) {
				Figures figures = run.run(app);
				results.computeIfAbsent(app, (key) -> new ArrayList<>()).add(figures);
				System.out.println(JsonMapper.shared().writeValueAsString(line(options, app, repetition, figures)));
				good &= Integer.valueOf(options.sessions()).equals(figures.values().get("completed"));
			}
		}
		System.out.println();
		new Table(results).lines().forEach(System.out::println);
		System.exit(good ? 0 : 1);
	}

	private static Options options(String... arguments) {
		try {
			return Options.of(arguments);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.exit(2);
			throw ex;
		}
	}

	private static Map<String, Object> line(Options options, App app, int repetition, Figures figures) {
		Map<String, Object> line = new LinkedHashMap<>();
		line.put("app", app.label());
		line.put("provider", options.provider());
		line.put("sessions", options.sessions());
		line.put("plan", options.plan().asInput());
		line.put("jvm", String.join(" ", options.jvm()));
		line.put("settings", String.join(" ", options.settings()));
		line.put("jdk", Runtime.version().toString());
		line.put("repetition", repetition);
		line.put("figures", figures.values());
		return line;
	}

}
