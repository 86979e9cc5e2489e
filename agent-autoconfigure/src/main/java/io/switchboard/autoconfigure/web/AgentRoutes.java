package io.switchboard.autoconfigure.web;

import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * The map of what can be done with agents over HTTP.
 *
 * @param turns takes turns
 * @param sessions shows, follows and ends sessions
 * @param approvals shows what turns ask, and takes what is decided
 * @param responses tells what went wrong
 */
record AgentRoutes(TurnHandler turns, SessionHandler sessions, ApprovalHandler approvals, Responses responses) {

	/**
	 * Draw the map.
	 * @param basePath where it begins
	 * @return the routes
	 */
	RouterFunction<ServerResponse> below(String basePath) {
		return RouterFunctions.route()
			.path(basePath,
					(agents) -> agents.POST("/{agent}/turns", this.turns::atAgent)
						.POST("/{agent}/{session}/turns", this.turns::inSession)
						.DELETE("/{agent}/turns/{turn}", this.turns::cancel)
						.DELETE("/{agent}/{session}/turns/{turn}", this.turns::cancel)
						.POST("/{agent}/turns/{turn}/approvals/{call}", this.approvals::decide)
						.POST("/{agent}/{session}/turns/{turn}/approvals/{call}", this.approvals::decide)
						.GET("/{agent}/approvals", this.approvals::list)
						.GET("/{agent}/{session}/approvals", this.approvals::list)
						.GET("/{agent}/{session}/events", this.sessions::follow)
						.GET("/{agent}/{session}", this.sessions::show)
						.DELETE("/{agent}/{session}", this.sessions::forget)
						.filter(this::explain))
			.build();
	}

	private Mono<ServerResponse> explain(ServerRequest request, HandlerFunction<ServerResponse> next) {
		return Mono.defer(() -> next.handle(request))
			.onErrorResume((ex) -> isOurs(ex) ? this.responses.problem(request, ex) : Mono.error(ex));
	}

	/**
	 * The framework answers its own errors, and nobody those of a client that has gone.
	 */
	private static boolean isOurs(Throwable exception) {
		return !(exception instanceof ResponseStatusException)
				&& !DisconnectedClientHelper.isClientDisconnectedException(exception);
	}

}
