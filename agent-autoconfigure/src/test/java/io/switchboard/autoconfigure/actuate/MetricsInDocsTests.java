package io.switchboard.autoconfigure.actuate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.autoconfigure.AgentPlacement;
import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.autoconfigure.chat.ConversationsAutoConfiguration;
import io.switchboard.autoconfigure.chat.ModelAgentAutoConfiguration;
import io.switchboard.autoconfigure.chat.ModelProvidersAutoConfiguration;
import io.switchboard.autoconfigure.journal.JournalAutoConfiguration;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.test.model.ScriptedChatModel;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the meters of an application that has been through something are those that
 * the documentation lists, with their types and tags.
 */
class MetricsInDocsTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final Pattern ROW = Pattern
		.compile("^\\| `(switchboard\\.[^`]+)` \\| ([a-z ]+) \\|([^|]*)\\| .+ \\|$", Pattern.MULTILINE);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AgentSystemAutoConfiguration.class, ModelAgentAutoConfiguration.class,
				ModelProvidersAutoConfiguration.class, ConversationsAutoConfiguration.class,
				JournalAutoConfiguration.class, AgentMetricsAutoConfiguration.class, TurnMetricsAutoConfiguration.class,
				ModelProviderMetricsAutoConfiguration.class, JournalMetricsAutoConfiguration.class,
				MetricsAutoConfiguration.class, ObservationAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withBean(DataSource.class, MetricsInDocsTests::database)
		.withBean("model", ScriptedChatModel.class,
				() -> ScriptedChatModel.script().answer(" ").answer("Hello.").usage(120, 9).build())
		.withBean("fragile", AgentPlacement.class,
				() -> new AgentPlacement("desk",
						AgentSpec
							.builder("fragile", String.class,
									() -> (message, context) -> Mono.error(new IllegalStateException(message)))
							.build()))
		.withPropertyValues("switchboard.supervisors.desk.parent=/", "switchboard.agents.support.supervisor=desk",
				"switchboard.agents.support.per-session=true",
				"switchboard.agents.support.instructions=You help customers.");

	@Test
	void everyMeterIsDocumentedWithItsTypeAndTags() throws IOException {
		Map<String, String> documented = documented();
		this.runner.run((context) -> {
			AgentSystem system = context.getBean(AgentSystem.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(system.agent("/desk/support/ann", TurnRequest.class)
				.ask(new TurnRequest("t-1", "Hello"), TurnEvent.class, LIMIT)
				.block(LIMIT)).isInstanceOf(TurnCompleted.class);
			system.agent("/desk/fragile", String.class).tell("crash");
			Awaitility.await().atMost(LIMIT).until(() -> registry.find("switchboard.restarts").counter() != null);

			assertThat(registered(registry)).containsExactlyEntriesOf(documented);
		});
	}

	private static Map<String, String> registered(MeterRegistry registry) {
		return registry.getMeters()
			.stream()
			.map(Meter::getId)
			.filter((id) -> id.getName().startsWith("switchboard."))
			.collect(Collectors.toMap(Meter.Id::getName,
					(id) -> describe(id.getType(),
							id.getTags().stream().map(Tag::getKey).toList().toArray(String[]::new)),
					MetricsInDocsTests::same, TreeMap::new));
	}

	/**
	 * Prometheus refuses meters of one name with different tags.
	 */
	private static String same(String first, String second) {
		assertThat(second).isEqualTo(first);
		return first;
	}

	private static Map<String, String> documented() throws IOException {
		Map<String, String> documented = new TreeMap<>();
		Matcher rows = ROW.matcher(Files.readString(page()));
		while (rows.find()) {
			String[] tags = rows.group(3).isBlank() ? new String[0]
					: rows.group(3).strip().replace("`", "").split(", ");
			documented.put(rows.group(1), describe(rows.group(2), tags));
		}
		return documented;
	}

	private static String describe(Meter.Type type, String[] tags) {
		return describe(type.name().toLowerCase(Locale.ROOT).replace('_', ' '), tags);
	}

	private static String describe(String type, String[] tags) {
		return type + " " + new TreeSet<>(Arrays.asList(tags));
	}

	private static Path page() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.exists(directory.resolve("docs/metrics.md"))) {
			directory = directory.getParent();
			assertThat(directory).as("directory with docs/metrics.md").isNotNull();
		}
		return directory.resolve("docs/metrics.md");
	}

	private static DataSource database() {
		JdbcDataSource inMemory = new JdbcDataSource();
		inMemory.setURL("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
		return inMemory;
	}

}
