package io.switchboard.autoconfigure.web;

import reactor.core.publisher.Mono;

import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Finds out who sends requests in applications with Spring Security.
 *
 * @param operatorRole the role of those who may see and end what belongs to others
 */
record SecuredCallers(String operatorRole) implements Callers {

	private static final String ROLE_PREFIX = "ROLE_";

	private static final AuthenticationTrustResolver TRUST = new AuthenticationTrustResolverImpl();

	@Override
	public Mono<Caller> of(ServerRequest request) {
		return request.principal()
			.ofType(Authentication.class)
			.filter((authentication) -> TRUST.isAuthenticated(authentication) && !authentication.getName().isBlank())
			.map((known) -> new Caller(known.getName(), Callers.address(request), true, isOperator(known)))
			.switchIfEmpty(Mono.fromSupplier(() -> new Caller(null, Callers.address(request), true, false)));
	}

	private boolean isOperator(Authentication authentication) {
		return authentication.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.anyMatch((authority) -> this.operatorRole.equals(authority)
					|| (ROLE_PREFIX + this.operatorRole).equals(authority));
	}

}
