package com.example.monitoring;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.example.helpdesk.HelpDeskApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests that a real Prometheus finds in a busy help desk what the dashboard and the
 * alerts ask for. Skipped where Debian's package {@code prometheus}, or the programs of
 * it, are not there.
 */
class MonitoringTests {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final Path MONITORING = Path.of("..", "docs", "monitoring").toAbsolutePath().normalize();

	private static final Path DASHBOARD = MONITORING.resolve("grafana/switchboard.json");

	private static final Path ALERTS = MONITORING.resolve("alerts.yml");

	private static final Pattern METRIC = Pattern.compile("\\bswitchboard_\\w+");

	private static ConfigurableApplicationContext helpDesk;

	private static PrometheusProcess prometheus;

	@BeforeAll
	static void start(@TempDir Path folder) {
		Path binary = PrometheusProcess.find("prometheus").orElse(null);
		if (binary == null) {
			return;
		}
		helpDesk = SpringApplication.run(HelpDeskApplication.class, "--server.port=0",
				"--helpdesk.rehearsal.words-per-second=0", "--switchboard.retry.first=1ms",
				"--switchboard.journal.store=jdbc", "--switchboard.journal.folder=" + folder.resolve("journal"),
				"--management.tracing.sampling.probability=1.0",
				"--management.prometheus.metrics.export.properties.io.prometheus.exporter.exemplarsOnAllMetricTypes=false",
				"--spring.main.banner-mode=off");
		int port = helpDesk.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		prometheus = new PrometheusProcess(binary, folder, ALERTS, port);
		beBusy(port, "round-1");
		// a rate needs to see a series twice
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> !prometheus.query("count_over_time(switchboard_recoveries_total[5m]) > 2").isEmpty());
		beBusy(port, "round-2");
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> !prometheus.query("switchboard_restarts_refused_total{child='support'} >= 2").isEmpty());
	}

	/** For each test, as the reason for a whole class to be skipped is not reported. */
	@BeforeEach
	void needPrometheus() {
		assumeTrue(prometheus != null, "Prometheus is not on the path, so nobody asks what the dashboard asks for: "
				+ "install Debian's package 'prometheus' to run this test");
	}

	@AfterAll
	static void stop() {
		if (prometheus != null) {
			prometheus.close();
		}
		if (helpDesk != null) {
			helpDesk.close();
		}
	}

	@Test
	void everyPanelHasData() throws Exception {
		List<String> empty = new ArrayList<>();
		int asked = 0;
		for (JsonNode panel : JsonMapper.shared().readTree(Files.readString(DASHBOARD)).path("panels")) {
			for (JsonNode target : panel.path("targets")) {
				asked++;
				String expression = target.path("expr").asString();
				if (prometheus.query(resolve(expression)).isEmpty()) {
					empty.add(panel.path("title").asString() + ": " + expression);
				}
			}
		}

		assertThat(asked).isGreaterThan(30);
		assertThat(empty).isEmpty();
	}

	@Test
	void everyVariableOfTheDashboardHasValues() throws Exception {
		JsonNode variables = JsonMapper.shared().readTree(Files.readString(DASHBOARD)).path("templating").path("list");

		for (String name : List.of("job", "instance", "agent")) {
			JsonNode variable = variables.valueStream()
				.filter((one) -> name.equals(one.path("name").asString()))
				.findFirst()
				.orElseThrow();
			Matcher query = Pattern.compile("label_values\\((.+), (\\w+)\\)")
				.matcher(variable.path("query").path("query").asString());
			assertThat(query.matches()).isTrue();
			assertThat(prometheus.query(resolve("count by (%s) (%s)".formatted(query.group(2), query.group(1)))))
				.isNotEmpty()
				.allSatisfy((series) -> assertThat(series.path("metric").path(name).asString()).isNotEmpty());
		}
	}

	@Test
	void everyAlertIsEvaluatedAndItsMetricsAreThere() {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(prometheus.alerts()).isNotEmpty()
				.allSatisfy((alert) -> assertThat(alert.path("health").asString()).isEqualTo("ok")));
		Set<String> metrics = new TreeSet<>();
		for (JsonNode alert : prometheus.alerts()) {
			Matcher names = METRIC.matcher(alert.path("query").asString());
			while (names.find()) {
				metrics.add(names.group());
			}
		}

		assertThat(metrics).hasSizeGreaterThan(8)
			.allSatisfy((metric) -> assertThat(prometheus.query(metric)).as(metric).isNotEmpty());
	}

	@Test
	void crashesOfSessionsCountUnderTheirTemplate() {
		assertThat(prometheus.query(
				"switchboard_restarts_total{supervisor='/desk/support', child='support', failure='ArithmeticException'} >= 6"))
			.hasSize(1);
		assertThat(prometheus.query("switchboard_restarts_refused_total{supervisor='/desk/support'} >= 2")).hasSize(1);
		assertThat(prometheus.query("switchboard_given_up == 0")).hasSize(1);
		assertThat(prometheus.query("{__name__=~'switchboard_.*', job='help-desk'}"))
			.allSatisfy((series) -> assertThat(series.path("metric").toString()).doesNotContain("round-"));
	}

	@Test
	void turnsLeadToTheirTraces() {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(prometheus.exemplars("switchboard_turn_seconds_bucket")).isNotEmpty()
				.allSatisfy((series) -> assertThat(
						series.path("exemplars").path(0).path("labels").path("trace_id").asString())
					.matches("[0-9a-f]{16,32}")));
	}

	@ParameterizedTest
	@MethodSource("promtool")
	void promtoolIsContent(List<String> arguments, @TempDir Path folder) throws Exception {
		Optional<Path> promtool = PrometheusProcess.find("promtool");
		assumeTrue(promtool.isPresent(), "promtool is not on the path, so nobody checks the alerts");
		List<String> command = new ArrayList<>();
		command.add(promtool.orElseThrow().toString());
		command.addAll(arguments);
		Path output = folder.resolve("output");

		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).as(Files.readString(output)).isZero();
		}
		finally {
			process.destroyForcibly();
		}
	}

	static List<List<String>> promtool() {
		return List.of(List.of("check", "rules", ALERTS.toString()), List.of("test", "rules",
				Path.of("src/test/resources/monitoring/alert-tests.yml").toAbsolutePath().toString()));
	}

	private static String resolve(String expression) {
		return expression.replace("$__rate_interval", "5m")
			.replace("$job", ".*")
			.replace("$instance", ".*")
			.replace("$agent", ".*");
	}

	/**
	 * Customers who get an answer, one for whom another model has to answer, one whose
	 * request is refused, and one whose session crashes until it is given up on.
	 */
	private static void beBusy(int port, String round) {
		for (String input : List.of("My name is Ada. Where is ORD-1001?", "How much is a kettle?",
				"Where is ORD-1001? #overloaded", "Where is ORD-1001? #bad-request")) {
			ask(port, "support/" + round, input);
		}
		for (int crash = 0; crash < 4; crash++) {
			ask(port, "support/sick-" + round, "Where is ORD-1313?");
		}
		ask(port, "triage", "I want my money back");
		send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/prices/kettle")));
	}

	private static void ask(int port, String agent, String input) {
		send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/agents/%s/turns".formatted(port, agent)))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"input\": \"%s\"}".formatted(input))));
	}

	private static void send(HttpRequest.Builder request) {
		assertThat(HttpClient.newHttpClient()
			.sendAsync(request.timeout(PATIENCE).build(), BodyHandlers.ofString())
			.join()
			.statusCode()).isPositive();
	}

}
