package io.switchboard.autoconfigure.web;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Talks to the {@link Desk} over HTTP.
 */
final class DeskClient {

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT = new ParameterizedTypeReference<>() {
	};

	private final WebTestClient client;

	private final WebClient webClient;

	private final String origin;

	DeskClient(int port) {
		this(port, (headers) -> {
		});
	}

	/**
	 * Make a client.
	 * @param port the server's port
	 * @param headers adds headers to each request, such as the user's
	 */
	DeskClient(int port, Consumer<HttpHeaders> headers) {
		this.origin = "http://127.0.0.1:" + port;
		this.client = WebTestClient.bindToServer()
			.responseTimeout(Duration.ofSeconds(60))
			.defaultHeaders(headers)
			.build();
		this.webClient = WebClient.builder().defaultHeaders(headers).build();
	}

	ResponseSpec ask(String path, String input) {
		return ask(path, input, (headers) -> {
		});
	}

	ResponseSpec ask(String path, String input, Consumer<HttpHeaders> headers) {
		return this.client.post()
			.uri(uri(path))
			.contentType(MediaType.APPLICATION_JSON)
			.headers(headers)
			.bodyValue(Map.of("input", input))
			.exchange();
	}

	/**
	 * Stream a turn, waiting for the response to begin.
	 */
	ResponseSpec stream(String path, String input) {
		return stream(path, input, (headers) -> {
		});
	}

	ResponseSpec stream(String path, String input, Consumer<HttpHeaders> headers) {
		return ask(path, input, headers.andThen((all) -> all.setAccept(List.of(MediaType.TEXT_EVENT_STREAM))));
	}

	static Flux<ServerSentEvent<String>> events(ResponseSpec response) {
		return response.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
			.returnResult(EVENT)
			.getResponseBody()
			.filter((event) -> event.comment() == null)
			// what a test does with an event may wait for another response
			.publishOn(Schedulers.boundedElastic());
	}

	/**
	 * Stream a turn without waiting; each subscription sends it.
	 */
	Flux<ServerSentEvent<String>> open(String path, String input) {
		return this.webClient.post()
			.uri(uri(path))
			.contentType(MediaType.APPLICATION_JSON)
			.accept(MediaType.TEXT_EVENT_STREAM)
			.bodyValue(Map.of("input", input))
			.retrieve()
			.bodyToFlux(EVENT);
	}

	/**
	 * Follow a session without waiting; each subscription opens a connection.
	 */
	Flux<ServerSentEvent<String>> follow(String path, long after) {
		return this.webClient.get()
			.uri(uri(path))
			.accept(MediaType.TEXT_EVENT_STREAM)
			.header("Last-Event-ID", Long.toString(after))
			.retrieve()
			.bodyToFlux(EVENT);
	}

	static BodyContentSpec problem(ResponseSpec response, int status, String type) {
		return response.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:switchboard:problem:" + type)
			.jsonPath("$.status")
			.isEqualTo(status)
			.jsonPath("$.title")
			.isNotEmpty()
			.jsonPath("$.detail")
			.isNotEmpty();
	}

	ResponseSpec send(String path, String contentType, String body) {
		return this.client.post()
			.uri(uri(path))
			.header(HttpHeaders.CONTENT_TYPE, contentType)
			.bodyValue(body)
			.exchange();
	}

	ResponseSpec get(String path) {
		return this.client.get().uri(uri(path)).exchange();
	}

	ResponseSpec get(String path, MediaType accept) {
		return this.client.get().uri(uri(path)).accept(accept).exchange();
	}

	ResponseSpec get(String path, MediaType accept, Consumer<HttpHeaders> headers) {
		return this.client.get().uri(uri(path)).accept(accept).headers(headers).exchange();
	}

	ResponseSpec delete(String path) {
		return this.client.delete().uri(uri(path)).exchange();
	}

	private URI uri(String path) {
		return URI.create(this.origin + path);
	}

}
