package io.switchboard.autoconfigure.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.function.server.ServerResponse.BodyBuilder;

/**
 * Writes responses. What is said in a session is for its client alone, so nothing may be
 * stored on the way.
 *
 * @param problems tells what went wrong
 */
record Responses(Problems problems) {

	private static final Logger logger = LoggerFactory.getLogger(Responses.class);

	Mono<ServerResponse> json(BodyBuilder response, Object value) {
		return jsonText(response, WireJson.write(value));
	}

	Mono<ServerResponse> jsonText(BodyBuilder response, String json) {
		return asIs(response).contentType(MediaType.APPLICATION_JSON)
			.cacheControl(CacheControl.noStore())
			.bodyValue(json);
	}

	/**
	 * Send events as they come.
	 * @param response the response to send them with
	 * @param written the events, see {@link EventStream}
	 * @return the response
	 */
	Mono<ServerResponse> events(BodyBuilder response, Flux<ServerSentEvent<String>> written) {
		return asIs(response).contentType(MediaType.TEXT_EVENT_STREAM)
			.cacheControl(CacheControl.noStore())
			// a proxy that collects what it passes on would hold the events back
			.header("X-Accel-Buffering", "no")
			.body(BodyInserters.fromServerSentEvents(written));
	}

	/**
	 * Tell the client what went wrong.
	 * @param request the request that could not be answered
	 * @param exception why not
	 * @return a response with problem details
	 */
	Mono<ServerResponse> problem(ServerRequest request, Throwable exception) {
		ProblemException problem = this.problems.of(exception);
		ProblemType type = problem.type();
		if (problem != exception && type == ProblemType.INTERNAL_ERROR) {
			logger.error("Cannot answer {} {}", request.method(), request.path(), exception);
		}
		BodyBuilder response = asIs(ServerResponse.status(type.status()))
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.cacheControl(CacheControl.noStore());
		if (problem.retryAfter() > 0) {
			response.header(HttpHeaders.RETRY_AFTER, Integer.toString(problem.retryAfter()));
		}
		return response.bodyValue(WireJson.write(details(request, problem)));
	}

	/** A model that answers with a page is no reason to show one. */
	private static BodyBuilder asIs(BodyBuilder response) {
		return response.header("X-Content-Type-Options", "nosniff");
	}

	private static ProblemDetail details(ServerRequest request, ProblemException problem) {
		ProblemType type = problem.type();
		ProblemDetail details = ProblemDetail.forStatusAndDetail(type.status(), problem.detail());
		details.setType(type.uri());
		details.setTitle(type.title());
		request.pathVariables().forEach(details::setProperty);
		problem.facts().forEach(details::setProperty);
		return details;
	}

}
