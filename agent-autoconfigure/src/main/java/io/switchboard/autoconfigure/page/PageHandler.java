package io.switchboard.autoconfigure.page;

import java.util.concurrent.Callable;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;

/**
 * Answers what the page asks.
 *
 * @param settings what the page is told of the application
 * @param tree the tree
 * @param attention counts who needs attention
 * @param pulses what happens
 * @param thread reads the tree, so that no event loop does
 */
record PageHandler(PageSettings settings, TreeView tree, Attention attention, Pulses pulses, PageThread thread) {

	private static final int DEFAULT_LIMIT = 100;

	Mono<ServerResponse> settings(ServerRequest request) {
		return json(this.settings);
	}

	Mono<ServerResponse> children(ServerRequest request) {
		AgentPath path = path(request);
		int offset = number(request, "offset", 0);
		int limit = number(request, "limit", DEFAULT_LIMIT);
		return answer(() -> this.tree.children(path, offset, limit));
	}

	Mono<ServerResponse> search(ServerRequest request) {
		String text = request.queryParam("q").orElse("");
		boolean unwell = request.queryParam("unwell").map(Boolean::parseBoolean).orElse(false);
		int offset = number(request, "offset", 0);
		int limit = number(request, "limit", DEFAULT_LIMIT);
		if (unwell && text.isEmpty() && limit == 0) {
			return this.attention.count().flatMap(PageHandler::json);
		}
		return answer(() -> this.tree.search(text, unwell ? this.attention.since() : null, offset, limit));
	}

	Mono<ServerResponse> events(ServerRequest request) {
		return ServerResponse.ok()
			.contentType(MediaType.TEXT_EVENT_STREAM)
			.cacheControl(CacheControl.noStore())
			// a proxy that collects what it passes on would hold the events back
			.header("X-Accel-Buffering", "no")
			.body(BodyInserters.fromServerSentEvents(this.thread.untilStop(this.pulses.follow())
				.map((pulse) -> ServerSentEvent.builder(PageJson.write(pulse)).event("pulse").build())));
	}

	private Mono<ServerResponse> answer(Callable<? extends @Nullable Object> question) {
		return Mono.fromCallable(question)
			.subscribeOn(this.thread.scheduler())
			.flatMap(PageHandler::json)
			.switchIfEmpty(Mono.defer(() -> ServerResponse.notFound().cacheControl(CacheControl.noStore()).build()));
	}

	static Mono<ServerResponse> json(Object value) {
		return ServerResponse.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.cacheControl(CacheControl.noStore())
			.bodyValue(PageJson.write(value));
	}

	static AgentPath path(ServerRequest request) {
		try {
			return AgentPath.of(request.queryParam("path").orElse("/"));
		}
		catch (IllegalArgumentException ex) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}
	}

	private static int number(ServerRequest request, String name, int otherwise) {
		try {
			return request.queryParam(name).map(Integer::parseInt).filter((number) -> number >= 0).orElse(otherwise);
		}
		catch (NumberFormatException ex) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "'%s' has to be a number".formatted(name), ex);
		}
	}

}
