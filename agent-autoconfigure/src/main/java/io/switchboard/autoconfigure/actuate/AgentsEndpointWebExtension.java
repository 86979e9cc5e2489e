package io.switchboard.autoconfigure.actuate;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The {@link AgentsEndpoint} over HTTP: who asks decides what is told.
 */
@EndpointWebExtension(endpoint = AgentsEndpoint.class)
class AgentsEndpointWebExtension {

	private final AgentsEndpoint delegate;

	private final Show showValues;

	private final Set<String> roles;

	AgentsEndpointWebExtension(AgentsEndpoint delegate, Show showValues, Set<String> roles) {
		this.delegate = delegate;
		this.showValues = showValues;
		this.roles = roles;
	}

	@ReadOperation
	NodeDescriptor tree(SecurityContext securityContext, @Nullable Integer limit) {
		return this.delegate.tree(limit, this.showValues.isShown(securityContext, this.roles));
	}

	@ReadOperation
	Mono<WebEndpointResponse<NodeDetails>> node(SecurityContext securityContext,
			@Selector(match = Match.ALL_REMAINING) String[] path, @Nullable Integer limit) {
		return this.delegate.node(path, limit, this.showValues.isShown(securityContext, this.roles))
			.map(WebEndpointResponse::new)
			.defaultIfEmpty(new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND));
	}

}
