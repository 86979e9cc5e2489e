package io.switchboard.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.switchboard.ai.failure.FailureClass;
import org.junit.jupiter.api.Test;

import org.springframework.boot.json.JsonParserFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the configuration metadata that editors show.
 */
class ConfigurationMetadataTests {

	/** Keys whose default depends on what the application has. */
	private static final Set<String> WITHOUT_DEFAULT = Set.of("switchboard.agents.*.instructions",
			"switchboard.agents.*.model", "switchboard.agents.*.handler-timeout",
			"switchboard.agents.*.calls.first-token", "switchboard.agents.*.calls.stall",
			"switchboard.agents.*.calls.total", "switchboard.supervisors.*.backoff.first", "switchboard.workers.count",
			"switchboard.agents.*.budget.cost", "switchboard.agents.*.budget.concurrent-turns",
			"switchboard.supervisors.*.budget.steps", "switchboard.supervisors.*.budget.tool-calls",
			"switchboard.supervisors.*.budget.tokens", "switchboard.supervisors.*.budget.cost",
			"switchboard.supervisors.*.budget.time", "switchboard.supervisors.*.budget.concurrent-turns",
			"switchboard.root.budget.steps", "switchboard.root.budget.tool-calls", "switchboard.root.budget.tokens",
			"switchboard.root.budget.cost", "switchboard.root.budget.time", "switchboard.root.budget.concurrent-turns",
			"switchboard.tools.overrides.*.timeout", "switchboard.tools.overrides.*.idempotent",
			"switchboard.tools.overrides.*.needs-approval", "switchboard.journal.data-source",
			"switchboard.journal.retention.turns", "switchboard.journal.retention.sessions",
			"management.health.restart-rate.max-restarts");

	@Test
	void everyKeyHasADescription() throws IOException {
		assertThat(properties()).hasSizeGreaterThan(20)
			.allSatisfy((property) -> assertThat((String) property.get("description"))
				.as("description of %s", property.get("name"))
				.isNotBlank()
				.endsWith("."));
	}

	@Test
	void everyKeyWithASingleValueShowsItsDefault() throws IOException {
		assertThat(properties()).filteredOn((property) -> !((String) property.get("type")).startsWith("java.util."))
			.filteredOn((property) -> !property.containsKey("defaultValue"))
			.extracting((property) -> property.get("name"))
			.containsExactlyInAnyOrderElementsOf(WITHOUT_DEFAULT);
	}

	@Test
	void everyHintIsForAKeyThatExists() throws IOException {
		List<Object> names = properties().stream().map((property) -> property.get("name")).toList();

		assertThat(list("hints")).isNotEmpty()
			.allSatisfy((hint) -> assertThat(names).contains(((String) hint.get("name")).replaceAll("\\.keys$", "")));
	}

	@Test
	@SuppressWarnings("unchecked")
	void everyClassOfFailureIsAHintForTheKeysOfRecovery() throws IOException {
		List<Map<String, Object>> values = list("hints").stream()
			.filter((hint) -> hint.get("name").equals("switchboard.agents.*.recovery.keys"))
			.flatMap((hint) -> ((List<Map<String, Object>>) hint.get("values")).stream())
			.toList();

		assertThat(values).extracting((value) -> value.get("value"))
			.containsExactlyElementsOf(
					Stream.concat(Arrays.stream(FailureClass.values()).map(FailureClass::id), Stream.of("default"))
						.toList());
	}

	private static List<Map<String, Object>> properties() throws IOException {
		return list("properties");
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> list(String name) throws IOException {
		try (InputStream in = SwitchboardProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			assertThat(in).as("metadata of this module").isNotNull();
			Map<String, Object> metadata = JsonParserFactory.getJsonParser()
				.parseMap(new String(in.readAllBytes(), StandardCharsets.UTF_8));
			return (List<Map<String, Object>>) metadata.get(name);
		}
	}

}
