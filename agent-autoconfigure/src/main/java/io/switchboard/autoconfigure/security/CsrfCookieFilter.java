package io.switchboard.autoconfigure.security;

import reactor.core.publisher.Mono;

import org.springframework.http.server.PathContainer;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Gives the page the token that its requests have to carry. Spring Security makes it when
 * somebody asks for it only, and a page that is a file does not.
 */
final class CsrfCookieFilter implements WebFilter {

	private static final PathPattern PAGE = PathPatternParser.defaultInstance.parse("/switchboard/**");

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Mono<CsrfToken> token = exchange.getAttribute(CsrfToken.class.getName());
		PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
		return (token != null && PAGE.matches(path)) ? token.then(chain.filter(exchange)) : chain.filter(exchange);
	}

}
