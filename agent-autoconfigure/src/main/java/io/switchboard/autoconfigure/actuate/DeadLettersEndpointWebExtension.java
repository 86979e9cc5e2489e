package io.switchboard.autoconfigure.actuate;

import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.operations.DeadLetterOutcome;
import io.switchboard.autoconfigure.operations.DeadLetters;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The {@link DeadLettersEndpoint} over HTTP.
 */
@EndpointWebExtension(endpoint = DeadLettersEndpoint.class)
class DeadLettersEndpointWebExtension {

	private static final String DROP = "drop";

	private static final String REPLAY = "replay";

	private static final int CONFLICT = 409;

	private final DeadLettersEndpoint delegate;

	private final DeadLetters letters;

	private final Show showValues;

	private final Set<String> roles;

	DeadLettersEndpointWebExtension(DeadLettersEndpoint delegate, DeadLetters letters, Show showValues,
			Set<String> roles) {
		this.delegate = delegate;
		this.letters = letters;
		this.showValues = showValues;
		this.roles = roles;
	}

	@ReadOperation
	DeadLettersDescriptor deadLetters(SecurityContext securityContext, @Nullable Integer limit) {
		return this.delegate.describe(limit, this.showValues.isShown(securityContext, this.roles));
	}

	/**
	 * Drop all.
	 * @param securityContext who asks
	 * @param action only {@code drop}
	 * @return nothing if it is done
	 */
	@WriteOperation
	Mono<WebEndpointResponse<Object>> operate(SecurityContext securityContext, @Nullable String action) {
		return DROP.equals(action)
				? this.letters.dropAll(operator(securityContext)).map(DeadLettersEndpointWebExtension::answer)
				: Mono.just(unknown(DROP));
	}

	/**
	 * Drop or replay a turn.
	 * @param securityContext who asks
	 * @param turn the segments of its agent's path, and its id
	 * @param action {@code drop} or {@code replay}
	 * @return nothing if it is done
	 */
	@WriteOperation
	Mono<WebEndpointResponse<Object>> operate(SecurityContext securityContext,
			@Selector(match = Match.ALL_REMAINING) String[] turn, @Nullable String action) {
		if (!DROP.equals(action) && !REPLAY.equals(action)) {
			return Mono.just(unknown(REPLAY, DROP));
		}
		AgentPath agent = AgentsEndpoint.toPath(Arrays.copyOf(turn, turn.length - 1));
		if (agent == null) {
			return Mono.just(answer(DeadLetterOutcome.NOT_FOUND));
		}
		String id = turn[turn.length - 1];
		String operator = operator(securityContext);
		return (DROP.equals(action) ? this.letters.drop(agent, id, operator) : this.letters.replay(agent, id, operator))
			.map(DeadLettersEndpointWebExtension::answer);
	}

	private static @Nullable String operator(SecurityContext securityContext) {
		Principal principal = securityContext.getPrincipal();
		return (principal != null) ? principal.getName() : null;
	}

	private static WebEndpointResponse<Object> unknown(String... possible) {
		return new WebEndpointResponse<>(new OperationProblem("unknown-action",
				"The request names no 'action' that is known", List.of(possible)),
				WebEndpointResponse.STATUS_BAD_REQUEST);
	}

	private static WebEndpointResponse<Object> answer(DeadLetterOutcome outcome) {
		return switch (outcome) {
			case DONE -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
			case NOT_FOUND ->
				new WebEndpointResponse<>(new OperationProblem(outcome.id(), "There is no such dead letter", List.of()),
						WebEndpointResponse.STATUS_NOT_FOUND);
			case NOT_POSSIBLE -> new WebEndpointResponse<>(new OperationProblem(outcome.id(),
					"Its agent does not take it now; it is kept", List.of(REPLAY, DROP)), CONFLICT);
		};
	}

}
