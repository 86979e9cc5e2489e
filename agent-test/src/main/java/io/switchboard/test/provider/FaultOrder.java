package io.switchboard.test.provider;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

import tools.jackson.databind.JsonNode;

/**
 * Reads what another process orders, such as {@code {"fault": "stall", "after": 3,
 * "times": 2, "contains": "ORD-1"}}.
 */
final class FaultOrder {

	private static final Set<String> NAMES = new TreeSet<>(
			Set.of("rate-limited", "server-error", "overloaded", "context-length-exceeded", "unauthorized", "silence",
					"stall", "status", "error", "close", "reset", "malformed", "unknown-tool", "tool-call", "answer"));

	private static final int MOST = 100_000;

	private FaultOrder() {
	}

	/**
	 * Reads one order.
	 * @param order the order
	 * @return a rule for each time
	 */
	static List<ReplyRule> read(JsonNode order) {
		int times = order.path("times").asInt(1);
		if (times < 1 || times > MOST) {
			throw new HttpFault(400, "'times' must be 1 to " + MOST + ", but was " + times);
		}
		String contains = order.path("contains").asString("");
		Predicate<ChatRequest> condition = (request) -> request.lastUserText().contains(contains);
		return Collections.nCopies(times, new ReplyRule(condition, reply(order)));
	}

	private static Function<Reply, Reply> reply(JsonNode order) {
		String name = order.path("fault").asString("");
		return switch (name) {
			case "rate-limited" -> fixed(Reply.rateLimited(Duration.ofSeconds(order.path("retryAfter").asInt(1))));
			case "server-error" -> fixed(Reply.serverError());
			case "overloaded" -> fixed(Reply.overloaded());
			case "context-length-exceeded" -> fixed(Reply.contextLengthExceeded());
			case "unauthorized" -> fixed(Reply.unauthorized());
			case "silence" -> fixed(Reply.silence());
			case "stall" -> broken(Fault.STALL, order);
			case "close" -> broken(Fault.CLOSE, order);
			case "reset" -> broken(Fault.RESET, order);
			case "malformed" -> broken(Fault.MALFORMED, order);
			case "status" -> fixed(error(order, "The scripted server declined"));
			case "error" -> failing(order);
			case "unknown-tool" -> fixed(Reply.unknownTool());
			case "tool-call" ->
				fixed(Reply.toolCall(order.path("name").asString("lookup"), order.path("arguments").asString("{}")));
			case "answer" -> fixed(answer(order));
			default -> throw new HttpFault(400, "'fault' must be one of " + NAMES + ", but was '" + name + "'");
		};
	}

	private static Function<Reply, Reply> fixed(Reply reply) {
		return (otherwise) -> reply;
	}

	private static Completion answer(JsonNode order) {
		Completion answer = order.has("tokens") ? Completion.of(tokens(order))
				: Reply.answer(order.path("text").asString(""));
		String reason = order.path("finishReason").asString("");
		return reason.isEmpty() ? answer : answer.withFinishReason(reason);
	}

	private static List<String> tokens(JsonNode order) {
		return order.path("tokens").valueStream().map((token) -> token.asString("")).toList();
	}

	private static ProviderError error(JsonNode order, String message) {
		int status = order.path("status").asInt(503);
		if (status < 400 || status > 599) {
			throw new HttpFault(400, "'status' must be 400 to 599, but was " + status);
		}
		return Reply.error(status, order.path("type").asString("server_error"),
				order.path("code").asString("overloaded"), order.path("message").asString(message));
	}

	private static Function<Reply, Reply> broken(Fault fault, JsonNode order) {
		return broken(new Interruption(fault, order.path("after").asInt(0)), order);
	}

	private static Function<Reply, Reply> failing(JsonNode order) {
		ProviderError error = error(order, "The scripted server failed in the middle of an answer");
		return broken(new Interruption(Fault.ERROR, order.path("after").asInt(0), error), order);
	}

	private static Function<Reply, Reply> broken(Interruption interruption, JsonNode order) {
		List<String> tokens = tokens(order);
		return (otherwise) -> (tokens.isEmpty() && otherwise instanceof Completion completion)
				? completion.with(interruption) : Completion.of(tokens).with(interruption);
	}

}
