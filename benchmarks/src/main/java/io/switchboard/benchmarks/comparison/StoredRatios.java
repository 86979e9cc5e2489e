package io.switchboard.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ratios of a good day, to compare others with.
 */
final class StoredRatios {

	private final Path file;

	StoredRatios(Path file) {
		this.file = file;
	}

	/**
	 * Keep the ratios of these results.
	 * @param results the results
	 * @param cases what was done
	 * @param date when
	 * @throws IOException if they cannot be written
	 */
	void store(Results results, List<Case> cases, LocalDate date) throws IOException {
		Map<String, Object> ratios = new LinkedHashMap<>();
		for (Case done : cases) {
			Map<String, Object> figures = new LinkedHashMap<>();
			for (ComparedFigure figure : ComparedFigure.of(done.work())) {
				Spread ratio = ratio(results, done, figure);
				if (!ratio.isEmpty()) {
					figures.put(figure.name(), ratio.median());
				}
			}
			ratios.put(done.name(), figures);
		}
		Map<String, Object> stored = new LinkedHashMap<>();
		stored.put("date", date.toString());
		stored.put("jdk", Runtime.version().feature());
		stored.put("ratios", ratios);
		String text = JsonMapper.builder()
			.enable(SerializationFeature.INDENT_OUTPUT)
			.build()
			.writeValueAsString(stored);
		Files.writeString(this.file, text + "\n");
	}

	/**
	 * Compare with what was kept.
	 * @param results the results
	 * @param cases what was done
	 * @return what got worse, a sentence each
	 * @throws IOException if what was kept cannot be read
	 */
	List<String> worse(Results results, List<Case> cases) throws IOException {
		JsonNode stored = JsonMapper.shared().readTree(Files.readString(this.file));
		List<String> worse = new ArrayList<>();
		for (Case done : cases) {
			for (ComparedFigure figure : ComparedFigure.of(done.work())) {
				double before = stored.path("ratios").path(done.name()).path(figure.name()).asDouble(Double.NaN);
				Spread now = ratio(results, done, figure);
				if (now.isEmpty()) {
					worse.add("%s: there is no %s any more".formatted(done.name(), figure.name()));
				}
				else if (figure.isWorse(now.median(), before)) {
					worse.add("%s: %s is %s of Pekko's, it was %s on %s (JDK %s)".formatted(done.name(), figure.name(),
							Spread.text(now.median()), Spread.text(before), stored.path("date").asString(),
							stored.path("jdk").asString()));
				}
			}
		}
		return worse;
	}

	boolean exist() {
		return Files.exists(this.file);
	}

	private static Spread ratio(Results results, Case done, ComparedFigure figure) {
		return results.ratio(done, "switchboard", "pekko", figure);
	}

}
