package io.switchboard.autoconfigure.actuate;

import java.security.Principal;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.operations.AgentAction;
import io.switchboard.autoconfigure.operations.AgentOperationException;
import io.switchboard.tree.TreeCut;
import io.switchboard.tree.TreeNode;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The {@link AgentsEndpoint} over HTTP: who asks decides what is told, and is written
 * down with what was done.
 */
@EndpointWebExtension(endpoint = AgentsEndpoint.class)
class AgentsEndpointWebExtension {

	/**
	 * How long an operator waits for an agent to be done with its message.
	 */
	static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final int ACCEPTED = 202;

	private final AgentsEndpoint delegate;

	private final Show showValues;

	private final Set<String> roles;

	private final Scheduler timer;

	private final Scheduler readers;

	/**
	 * Let an endpoint be asked over HTTP.
	 * @param delegate the endpoint
	 * @param showValues who is told what messages and states are
	 * @param roles the roles for that
	 * @param timer measures how long an operator waits
	 * @param readers where trees are read, as the thread that asks may serve all others
	 */
	AgentsEndpointWebExtension(AgentsEndpoint delegate, Show showValues, Set<String> roles, Scheduler timer,
			Scheduler readers) {
		this.delegate = delegate;
		this.showValues = showValues;
		this.roles = roles;
		this.timer = timer;
		this.readers = readers;
	}

	@ReadOperation
	WebEndpointResponse<Object> tree(SecurityContext securityContext, @Nullable Integer limit, @Nullable Long after,
			@Nullable TreeFormat format) {
		TreeNode root = this.delegate.tree(AgentsEndpoint.cut(limit, after));
		return isDrawing(format) ? drawn(root, format)
				: new WebEndpointResponse<>(this.delegate.describe(root, isShown(securityContext)));
	}

	@ReadOperation
	Mono<WebEndpointResponse<Object>> node(SecurityContext securityContext,
			@Selector(match = Match.ALL_REMAINING) String[] path, @Nullable Integer limit, @Nullable Long after,
			@Nullable TreeFormat format) {
		TreeCut cut = AgentsEndpoint.cut(limit, after);
		Mono<WebEndpointResponse<Object>> found = isDrawing(format)
				? Mono.fromCallable(() -> this.delegate.node(path, cut)).map((node) -> drawn(node, format))
				: this.delegate.node(path, cut, isShown(securityContext)).map(WebEndpointResponse::new);
		return found.defaultIfEmpty(new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND))
			.subscribeOn(this.readers);
	}

	/**
	 * Do something to a node. What takes long goes on without whoever has asked.
	 * @param securityContext who asks
	 * @param path the segments of its path
	 * @param action what to do
	 * @return nothing if it is done; what is wrong and what is possible if it is not
	 */
	@WriteOperation
	Mono<WebEndpointResponse<Object>> operate(SecurityContext securityContext,
			@Selector(match = Match.ALL_REMAINING) String[] path, @Nullable String action) {
		AgentPath node = AgentsEndpoint.toPath(path);
		AgentAction known = (action != null) ? AgentAction.find(action) : null;
		if (known == null) {
			return Mono.just(OperationProblem.unknownAction(action));
		}
		if (node == null) {
			return Mono.just(OperationProblem.notFound());
		}
		Principal principal = securityContext.getPrincipal();
		return this.delegate.operate(node, known, (principal != null) ? principal.getName() : null)
			.then(Mono.just(new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT)))
			.timeout(PATIENCE, Mono.just(new WebEndpointResponse<>(ACCEPTED)), this.timer)
			.onErrorResume(AgentOperationException.class, (ex) -> Mono.just(OperationProblem.of(ex)));
	}

	private boolean isShown(SecurityContext securityContext) {
		return this.showValues.isShown(securityContext, this.roles);
	}

	private static boolean isDrawing(@Nullable TreeFormat format) {
		return format != null && format != TreeFormat.JSON;
	}

	private static WebEndpointResponse<Object> drawn(TreeNode node, @Nullable TreeFormat format) {
		TreeFormat drawing = Objects.requireNonNull(format, "it is a drawing");
		return new WebEndpointResponse<>(drawing.draw(node), drawing.type());
	}

}
