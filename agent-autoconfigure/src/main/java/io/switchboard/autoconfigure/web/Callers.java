package io.switchboard.autoconfigure.web;

import java.net.InetSocketAddress;
import java.security.Principal;

import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Finds out who sends requests.
 */
interface Callers {

	/**
	 * Find out who sends a request.
	 * @param request the request
	 * @return the caller
	 */
	Mono<Caller> of(ServerRequest request);

	/**
	 * For applications without Spring Security, in which nothing belongs to anybody.
	 * @return takes the names of callers from filters, if they have set any
	 */
	static Callers open() {
		return (request) -> request.principal()
			.map(Principal::getName)
			.map((name) -> new Caller(name, address(request), false, false))
			.switchIfEmpty(Mono.fromSupplier(() -> new Caller(null, address(request), false, false)));
	}

	/**
	 * Where a request comes from; the last proxy, unless the server was told to believe
	 * what proxies say.
	 * @param request the request
	 * @return the address
	 */
	static String address(ServerRequest request) {
		InetSocketAddress address = request.remoteAddress().orElse(null);
		if (address == null) {
			return "unknown";
		}
		return (address.getAddress() != null) ? CallerNetwork.of(address.getAddress()) : address.getHostString();
	}

}
