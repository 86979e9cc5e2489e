package com.example.docs;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the page about the configuration has every key, and its default.
 */
class ConfigurationInDocsTests {

	private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\| (?:`([^`]*)` )?\\| .+ \\|$",
			Pattern.MULTILINE);

	@Test
	void everyKeyIsDocumentedWithItsDefault() {
		Map<String, String> documented = new TreeMap<>();
		Matcher rows = ROW.matcher(Repository.text(Repository.path("docs/configuration.md")));
		while (rows.find()) {
			documented.put(rows.group(1), Objects.requireNonNullElse(rows.group(2), ""));
		}

		assertThat(documented).containsExactlyEntriesOf(described());
	}

	private static Map<String, String> described() {
		return PropertyMetadata.all()
			.stream()
			.filter((property) -> property.name()
				.matches(
						"(switchboard|management\\.(endpoint|health)\\.(agents|crashes|deadletters|journal|model-?providers|restart-rate|supervision)|management\\.info\\.switchboard)\\..+"))
			.filter((property) -> !property.isMapOfGroups())
			.collect(Collectors.toMap(PropertyMetadata::name,
					(property) -> Objects.requireNonNullElse(property.defaultValue(), ""), (first, second) -> first,
					TreeMap::new));
	}

}
