package io.switchboard.autoconfigure.kills;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * One process of the application, as its clients see it. They have no connections but
 * those to this one.
 */
final class Life {

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final int number;

	private final int port;

	Life(int number, int port) {
		this.number = number;
		this.port = port;
	}

	int number() {
		return this.number;
	}

	HttpResponse<InputStream> get(String path, Map<String, String> headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
		headers.forEach(request::header);
		return this.client.send(request.build(), BodyHandlers.ofInputStream());
	}

	HttpResponse<InputStream> post(String path, Map<String, String> headers, Map<String, String> body)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
		headers.forEach(request::header);
		return this.client.send(request.build(), BodyHandlers.ofInputStream());
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + "/agents/desk" + path);
	}

	@Override
	public String toString() {
		return "life " + this.number;
	}

}
