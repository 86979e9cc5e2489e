package io.switchboard.autoconfigure.page;

import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.actuate.NodeReader;
import io.switchboard.autoconfigure.operations.AgentAction;
import io.switchboard.autoconfigure.operations.AgentOperationException;
import io.switchboard.autoconfigure.operations.AgentOperations;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;

/**
 * Shows one node, and does something to it.
 *
 * @param reader describes the node
 * @param operations does what is asked, {@code null} if nothing may be done
 * @param scheduler reads the tree, so that neither an event loop nor an agent's worker
 * does
 */
record NodeHandler(NodeReader reader, @Nullable AgentOperations operations, Scheduler scheduler) {

	Mono<ServerResponse> show(ServerRequest request) {
		AgentPath path = PageHandler.path(request);
		return onThread(() -> this.reader.read(path))
			.flatMap((node) -> PageHandler.json(new NodeView(node, actions(path))))
			.switchIfEmpty(Mono.defer(() -> ServerResponse.notFound().build()));
	}

	private <T> Mono<T> onThread(Supplier<Mono<T>> work) {
		return Mono.defer(work).subscribeOn(this.scheduler).publishOn(this.scheduler);
	}

	private List<String> actions(AgentPath path) {
		return (this.operations != null) ? this.operations.possible(path).stream().map(AgentAction::id).toList()
				: List.of();
	}

	/**
	 * Do something to a node, for a request that this application's own page has sent:
	 * another site can neither send JSON nor look like this one to its browser.
	 */
	Mono<ServerResponse> act(ServerRequest request) {
		String site = request.headers().firstHeader("Sec-Fetch-Site");
		AgentOperations operations = this.operations;
		if (operations == null || (site != null && !site.equals("same-origin"))) {
			return Mono.error(new ResponseStatusException(HttpStatus.FORBIDDEN));
		}
		return request.bodyToMono(Order.class)
			.switchIfEmpty(Mono.error(NodeHandler::incomplete))
			.flatMap((order) -> request.principal()
				.map(Principal::getName)
				.map(Optional::of)
				.defaultIfEmpty(Optional.empty())
				.flatMap((operator) -> onThread(
						() -> operations.perform(path(order), action(order), operator.orElse(null)))))
			.then(Mono.defer(() -> ServerResponse.noContent().build()))
			.onErrorResume(AgentOperationException.class, NodeHandler::refuse);
	}

	private static AgentPath path(Order order) {
		try {
			return AgentPath.of(order.path());
		}
		catch (IllegalArgumentException ex) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}
	}

	private static AgentAction action(Order order) {
		AgentAction action = AgentAction.find(order.action());
		if (action == null) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "There is no such action");
		}
		return action;
	}

	private static ResponseStatusException incomplete() {
		return new ResponseStatusException(HttpStatus.BAD_REQUEST, "'path' and 'action' are needed");
	}

	private static Mono<ServerResponse> refuse(AgentOperationException ex) {
		HttpStatus status = switch (ex.problem()) {
			case NOT_FOUND -> HttpStatus.NOT_FOUND;
			case NOT_APPLICABLE, NOT_POSSIBLE -> HttpStatus.CONFLICT;
			case FAILED -> HttpStatus.INTERNAL_SERVER_ERROR;
		};
		return ServerResponse.status(status)
			.bodyValue(ProblemDetail.forStatusAndDetail(status, String.valueOf(ex.getMessage())));
	}

	/**
	 * What is to be done.
	 *
	 * @param path the node
	 * @param action what to do to it
	 */
	record Order(String path, String action) {

		Order {
			if (path == null || action == null) {
				throw incomplete();
			}
		}

	}

}
