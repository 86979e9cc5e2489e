package io.switchboard.test.provider;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * A client without any help of its own: the JDK's.
 */
final class ChatCalls {

	static final Duration LIMIT = Duration.ofSeconds(60);

	private final HttpClient client = HttpClient.newHttpClient();

	private final FakeProvider provider;

	ChatCalls(FakeProvider provider) {
		this.provider = provider;
	}

	static String body(String text, boolean stream) {
		return Json.write(Json.object("model", "fake-model", "stream", stream, "stream_options",
				Json.object("include_usage", stream), "messages",
				List.of(Json.object("role", "user", "content", text))));
	}

	static List<String> events(String body) {
		return Stream.of(body.split("\n\n")).map((event) -> event.substring("data: ".length())).toList();
	}

	static JsonNode json(String text) {
		return Json.read(text);
	}

	HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.provider.port() + path)).timeout(LIMIT);
	}

	HttpRequest post(BodyPublisher body) {
		return request("/v1/chat/completions").header("Content-Type", "application/json").POST(body).build();
	}

	HttpResponse<String> call(String text) {
		return send(post(BodyPublishers.ofString(body(text, false))));
	}

	HttpResponse<String> stream(String text) {
		return send(post(BodyPublishers.ofString(body(text, true))));
	}

	HttpResponse<String> send(HttpRequest request) {
		return this.client.sendAsync(request, BodyHandlers.ofString()).join();
	}

	CompletableFuture<HttpResponse<Stream<String>>> lines(String text) {
		return this.client.sendAsync(post(BodyPublishers.ofString(body(text, true))), BodyHandlers.ofLines());
	}

}
