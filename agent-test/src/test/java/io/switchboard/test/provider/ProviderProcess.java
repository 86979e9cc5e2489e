package io.switchboard.test.provider;

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
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A fake provider that is a process of its own, driven over HTTP alone.
 */
public final class ProviderProcess implements AutoCloseable {

	private final HttpClient client = HttpClient.newHttpClient();

	private final Process process;

	private final String rootUrl;

	private ProviderProcess(Process process, String rootUrl) {
		this.process = process;
		this.rootUrl = rootUrl;
	}

	/**
	 * Start a process.
	 * @param arguments what {@link FakeProviderMain} takes
	 * @return the provider, which listens
	 */
	public static ProviderProcess start(String... arguments) throws IOException {
		List<String> command = Stream
			.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-cp",
					System.getProperty("java.class.path"), FakeProviderMain.class.getName()), Stream.of(arguments))
			.toList();
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		BufferedReader output = process.inputReader();
		return new ProviderProcess(process, "http://127.0.0.1:" + Integer.parseInt(output.readLine()));
	}

	public String rootUrl() {
		return this.rootUrl;
	}

	/**
	 * Break the next answers.
	 * @param faults what {@code /control/faults} takes
	 * @return what it says
	 */
	public JsonNode order(String faults) {
		return send("POST", "/control/faults", faults);
	}

	/**
	 * Answer as always from now on.
	 */
	public void recover() {
		send("DELETE", "/control/faults", "");
	}

	/**
	 * What was asked.
	 * @return the requests, the oldest first
	 */
	public List<JsonNode> requests() {
		return send("GET", "/control/requests", "").valueStream().toList();
	}

	/**
	 * Send something that is answered with JSON.
	 */
	JsonNode send(String method, String path, String body) {
		try {
			HttpResponse<String> response = exchange(method, path, body);
			assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
			return ChatCalls.json(response.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Send something, whatever comes of it.
	 */
	HttpResponse<String> exchange(String method, String path, String body) throws IOException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.rootUrl + path))
			.method(method, BodyPublishers.ofString(body))
			.timeout(ChatCalls.LIMIT)
			.build();
		try {
			return this.client.send(request, BodyHandlers.ofString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		assertThat(this.process.onExit()).succeedsWithin(ChatCalls.LIMIT);
	}

}
