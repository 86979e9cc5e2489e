package io.switchboard.autoconfigure.actuate;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import io.switchboard.autoconfigure.diagnostics.NearestName;
import io.switchboard.autoconfigure.operations.AgentAction;
import io.switchboard.autoconfigure.operations.AgentOperationException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.StringUtils;

/**
 * Why something was not done to a node, on the wire.
 *
 * @param problem what stood in the way, in a word
 * @param detail the same in a sentence
 * @param possible what could be done instead
 */
record OperationProblem(String problem, String detail, List<String> possible) implements OperationResponseBody {

	private static final int CONFLICT = 409;

	private static final int LONGEST_QUOTE = 40;

	static WebEndpointResponse<Object> unknownAction(@Nullable String action) {
		List<String> all = ids(Arrays.asList(AgentAction.values()));
		return new WebEndpointResponse<>(new OperationProblem("unknown-action", unknown(action, all), all),
				WebEndpointResponse.STATUS_BAD_REQUEST);
	}

	private static String unknown(@Nullable String action, List<String> all) {
		if (action == null) {
			return "The request names no 'action'";
		}
		String given = StringUtils.truncate(action, LONGEST_QUOTE);
		return "There is no action '%s'.%s".formatted(given, NearestName.question(given, all));
	}

	static WebEndpointResponse<Object> notFound() {
		return new WebEndpointResponse<>(new OperationProblem(AgentOperationException.Problem.NOT_FOUND.id(),
				"There is no such node", List.of()), WebEndpointResponse.STATUS_NOT_FOUND);
	}

	static WebEndpointResponse<Object> of(AgentOperationException ex) {
		int status = switch (ex.problem()) {
			case NOT_FOUND -> WebEndpointResponse.STATUS_NOT_FOUND;
			case NOT_APPLICABLE -> WebEndpointResponse.STATUS_BAD_REQUEST;
			case NOT_POSSIBLE, FAILED -> CONFLICT;
		};
		return new WebEndpointResponse<>(
				new OperationProblem(ex.problem().id(), String.valueOf(ex.getMessage()), ids(ex.possible())), status);
	}

	private static List<String> ids(Collection<AgentAction> actions) {
		return actions.stream().sorted().map(AgentAction::id).toList();
	}

}
