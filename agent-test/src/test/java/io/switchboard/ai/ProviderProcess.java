package io.switchboard.ai;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;

import io.switchboard.test.provider.FakeProviderMain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A fake provider that is a process of its own, driven over HTTP alone. Where nothing is
 * ordered it repeats what the user says.
 */
final class ProviderProcess implements AutoCloseable {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final HttpClient client = HttpClient.newHttpClient();

	private final Process process;

	private final String rootUrl;

	private ProviderProcess(Process process, String rootUrl) {
		this.process = process;
		this.rootUrl = rootUrl;
	}

	static ProviderProcess start() throws IOException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx128m", "-cp", System.getProperty("java.class.path"), FakeProviderMain.class.getName(),
				"--scenario=echo:pace=0ms")
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		BufferedReader output = process.inputReader();
		return new ProviderProcess(process, "http://127.0.0.1:" + Integer.parseInt(output.readLine()));
	}

	String rootUrl() {
		return this.rootUrl;
	}

	/**
	 * Break the next answers.
	 * @param faults what {@code /control/faults} takes
	 */
	void order(String faults) {
		send("POST", "/control/faults", faults);
	}

	/**
	 * Answer as always from now on.
	 */
	void recover() {
		send("DELETE", "/control/faults", "");
	}

	/**
	 * What was asked.
	 * @param from how many requests to leave out
	 * @return the requests after those, the oldest first
	 */
	List<SeenRequest> requests(int from) {
		return send("GET", "/control/requests", "").valueStream().skip(from).map(SeenRequest::of).toList();
	}

	private JsonNode send(String method, String path, String body) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.rootUrl + path))
			.method(method, BodyPublishers.ofString(body))
			.timeout(RunningAgents.LIMIT)
			.build();
		try {
			HttpResponse<String> response = this.client.send(request, BodyHandlers.ofString());
			assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
			return MAPPER.readTree(response.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		assertThat(this.process.onExit()).succeedsWithin(RunningAgents.LIMIT);
	}

}
