package com.example.monitoring;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Prometheus of this test's own, which scrapes one application every second.
 */
final class PrometheusProcess implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final HttpClient client = HttpClient.newHttpClient();

	private final int port = freePort();

	private final Path log;

	private final Process process;

	/**
	 * Start it.
	 * @param binary the program
	 * @param folder where it keeps its data
	 * @param rules its rules
	 * @param application the port of the application
	 */
	PrometheusProcess(Path binary, Path folder, Path rules, int application) {
		this(binary, folder, rules, application, PATIENCE);
	}

	/**
	 * Start it.
	 * @param binary the program
	 * @param folder where it keeps its data
	 * @param rules its rules
	 * @param application the port of the application
	 * @param patience how long it may take to come up
	 */
	PrometheusProcess(Path binary, Path folder, Path rules, int application, Duration patience) {
		this.log = folder.resolve("prometheus.log");
		try {
			Path configuration = Files.writeString(folder.resolve("prometheus.yml"), """
					global:
					  scrape_interval: 1s
					  evaluation_interval: 1s
					rule_files: ['%s']
					scrape_configs:
					  - job_name: help-desk
					    metrics_path: /actuator/prometheus
					    static_configs:
					      - targets: ['127.0.0.1:%d']
					""".formatted(rules, application));
			this.process = new ProcessBuilder(binary.toString(), "--config.file=" + configuration,
					"--storage.tsdb.path=" + folder.resolve("data"), "--web.listen-address=127.0.0.1:" + this.port,
					"--enable-feature=exemplar-storage")
				.redirectErrorStream(true)
				.redirectOutput(this.log.toFile())
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		// for tests that are ended from outside
		Runtime.getRuntime().addShutdownHook(new Thread(this.process::destroyForcibly, "prometheus-end"));
		try {
			Awaitility.await("start of Prometheus, see " + this.log)
				.atMost(patience)
				.ignoreExceptions()
				.until(() -> !query("up == 1").isEmpty());
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Look for a program.
	 * @param name its name
	 * @return where it is, if it is on the path
	 */
	static Optional<Path> find(String name) {
		return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.map((folder) -> Path.of(folder, name))
			.filter(Files::isExecutable)
			.findFirst();
	}

	/**
	 * Evaluate an expression now.
	 * @param expression the expression
	 * @return the series that it results in
	 */
	JsonNode query(String expression) {
		return get("/api/v1/query?query=" + encode(expression)).path("result");
	}

	/**
	 * The exemplars of the last hour.
	 * @param expression which series
	 * @return the series that have some
	 */
	JsonNode exemplars(String expression) {
		double now = query("time()").path(1).asDouble();
		return get("/api/v1/query_exemplars?query=" + encode(expression)
				+ "&start=%.0f&end=%.0f".formatted(now - 3600, now + 60));
	}

	/**
	 * The alerts that it knows.
	 * @return the rules
	 */
	JsonNode alerts() {
		return get("/api/v1/rules?type=alert").path("groups").path(0).path("rules");
	}

	private JsonNode get(String path) {
		try {
			String body = this.client
				.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path)).build(),
						BodyHandlers.ofString())
				.body();
			JsonNode answer = JsonMapper.shared().readTree(body);
			if (!"success".equals(answer.path("status").asString())) {
				throw new AssertionError("Prometheus refuses %s: %s".formatted(path, body));
			}
			return answer.path("data");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
