package io.switchboard.autoconfigure.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the documentation lists what clients have to expect.
 */
class DocumentedProblemsTests {

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (\\d{3}) \\|");

	@Test
	void everyProblemIsDocumentedWithItsStatus() throws IOException {
		String page = Files.readString(Path.of("..", "docs", "http.md"));

		List<String> documented = ROW.matcher(page).results().map((row) -> row.group(1) + " " + row.group(2)).toList();

		assertThat(documented).containsExactlyInAnyOrderElementsOf(
				Arrays.stream(ProblemType.values()).map((type) -> type.id() + " " + type.status().value()).toList());
	}

}
