package io.switchboard.ai;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.model.CallLimits;
import io.switchboard.ai.tool.ToolMethods;
import io.switchboard.ai.tool.ToolSettings;
import io.switchboard.ai.turn.AnswerCheck;
import io.switchboard.ai.turn.Budget;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * The default ladder of each class of failures, climbed to its end.
 */
final class Ladders {

	static final String INSTRUCTIONS = "Be kind.";

	static final String INPUT = "Hi?";

	private static final String[] ORDINALS = { "first", "second", "third", "fourth" };

	/** Long enough to send a request in, as what has not begun is not seen. */
	private static final Duration SHORT = Duration.ofMillis(500);

	private static final CallLimits NO_LIMITS = CallLimits.none();

	private static final List<ToolCallback> TOOLS = ToolMethods.of(new LadderTools());

	private Ladders() {
	}

	/**
	 * What was said before the turn, enough to be halved three times.
	 */
	static List<Message> history() {
		List<Message> history = new ArrayList<>();
		for (String ordinal : ORDINALS) {
			history.add(new UserMessage("My " + ordinal + " wish."));
			history.add(new AssistantMessage("Your " + ordinal + " wish."));
		}
		return history;
	}

	static Stream<LadderRow> rows() {
		return Stream.of(declined(), cutOff(), late(), unusable(), tools()).flatMap((rows) -> rows);
	}

	/**
	 * Errors that a provider tells of.
	 */
	private static Stream<LadderRow> declined() {
		return Stream.of(
				LadderRow.of(FailureClass.RATE_LIMITED, "{'fault': 'rate-limited', 'retryAfter': 0}")
					.climbs("retry", "retry", "retry", "retry", "switch-model")
					.asks(5, usual())
					.asks(other()),
				LadderRow.of(FailureClass.OVERLOADED, "{'fault': 'overloaded'}")
					.climbs("retry", "retry", "retry", "retry", "switch-model")
					.asks(5, usual())
					.asks(other()),
				LadderRow.of(FailureClass.PROVIDER_ERROR, "{'fault': 'server-error'}")
					.climbs("retry", "retry", "retry", "switch-model")
					.asks(4, usual())
					.asks(other()),
				LadderRow.of(FailureClass.AUTHENTICATION, "{'fault': 'unauthorized'}")
					.climbs("switch-model")
					.asks(usual())
					.asks(other()),
				LadderRow.of(FailureClass.QUOTA_SPENT, error(402, "Insufficient credits"))
					.climbs("switch-model")
					.asks(usual())
					.asks(other()),
				LadderRow.of(FailureClass.UNKNOWN_MODEL, error(404, "model usual not found"))
					.climbs("switch-model")
					.asks(usual())
					.asks(other()),
				LadderRow.of(FailureClass.CONTEXT_OVERFLOW, "{'fault': 'context-length-exceeded'}")
					.climbs("compact", "compact", "compact", "switch-model")
					.asks(usual())
					.asks(request("usual", 2))
					.asks(request("usual", 1))
					.asks(request("usual", 0))
					.asks(request("other", 0)),
				LadderRow.of(FailureClass.BAD_REQUEST, error(400, "What?")).climbs().asks(usual()));
	}

	/**
	 * Answers that break off.
	 */
	private static Stream<LadderRow> cutOff() {
		return Stream.of(
				LadderRow.of(FailureClass.NETWORK, broken("close", 0))
					.climbs("retry", "retry", "retry", "switch-model")
					.asks(4, usual())
					.asks(other()),
				LadderRow.of(FailureClass.NETWORK, broken("close", 1))
					.when("seen")
					.tells("token a", "recovering network switch-model 1", "token a")
					.asks(usual())
					.asks(other()),
				LadderRow.of(FailureClass.PROVIDER_ERROR, broken("error", 1))
					.when("seen")
					.tells("token a", "recovering provider-error switch-model 1", "token a")
					.asks(usual())
					.asks(other()));
	}

	/**
	 * Calls that hang.
	 */
	private static Stream<LadderRow> late() {
		return Stream.of(
				LadderRow.of(FailureClass.FIRST_TOKEN_TIMEOUT, "{'fault': 'silence'}")
					.with((agent) -> agent.limits(NO_LIMITS.withFirstToken(SHORT)))
					.climbs("retry", "switch-model")
					.asks(2, usual())
					.asks(other()),
				LadderRow.of(FailureClass.STALLED, "{'fault': 'stall', 'tokens': ['', 'b'], 'after': 1}")
					.with((agent) -> agent.limits(NO_LIMITS.withStall(SHORT)))
					.climbs("retry", "switch-model")
					.asks(2, usual())
					.asks(other()),
				LadderRow.of(FailureClass.STALLED, broken("stall", 1))
					.when("seen")
					.with((agent) -> agent.limits(NO_LIMITS.withStall(SHORT)))
					.tells("token a", "recovering stalled switch-model 1", "token a")
					.asks(usual())
					.asks(other()),
				LadderRow.of(FailureClass.TIMEOUT, "{'fault': 'silence'}")
					.with((agent) -> agent.limits(NO_LIMITS.withTotal(SHORT)))
					.climbs("switch-model")
					.asks(usual())
					.asks(other()));
	}

	/**
	 * Answers that nobody can use.
	 */
	private static Stream<LadderRow> unusable() {
		String empty = "user: Your last answer cannot be used: The model's answer is empty (finish reason '{end}'). "
				+ "Answer the question again, without mentioning this.";
		String german = "user: Your last answer cannot be used: Answer in German. "
				+ "Answer the question again, without mentioning this.";
		AnswerCheck check = (answer) -> answer.equals("Oui.")
				? TurnFailure.of(FailureClass.WRONG_LANGUAGE, "Answer in German") : null;
		return Stream.of(
				LadderRow.of(FailureClass.INVALID_OUTPUT, "{'fault': 'answer', 'text': ''}")
					.climbs("feedback", "feedback", "switch-model")
					.asks(usual())
					.asks(usual(empty))
					.asks(usual(empty, empty))
					.asks(other(empty, empty)),
				LadderRow.of(FailureClass.INVALID_OUTPUT, broken("malformed", 1))
					.when("no JSON")
					.tells("token a", "recovering invalid-output switch-model 1", "token a")
					.asks(usual())
					.asks(other()),
				LadderRow.of(FailureClass.WRONG_LANGUAGE, "{'fault': 'answer', 'text': 'Oui.'}")
					.with((agent) -> agent.check(check))
					.tells("token Oui.", "recovering wrong-language feedback 1", "token Oui.",
							"recovering wrong-language feedback 2", "token Oui.",
							"recovering wrong-language switch-model 3", "token Oui.")
					.asks(usual())
					.asks(usual("assistant: Oui.", german))
					.asks(usual("assistant: Oui.", german, "assistant: Oui.", german))
					.asks(other("assistant: Oui.", german, "assistant: Oui.", german)),
				LadderRow.of(FailureClass.REFUSED, "{'fault': 'answer', 'text': 'a', 'finishReason': 'content_filter'}")
					.tells("token a")
					.asks(usual()));
	}

	/**
	 * Calls of tools that lead nowhere.
	 */
	private static Stream<LadderRow> tools() {
		String schema = TOOLS.stream()
			.map(ToolCallback::getToolDefinition)
			.filter((tool) -> tool.name().equals("order"))
			.map(ToolDefinition::inputSchema)
			.findFirst()
			.orElseThrow();
		return Stream.of(
				fed(FailureClass.UNKNOWN_TOOL, "no_such_tool",
						"There is no tool 'no_such_tool'. The tools are: crash, fail, hang, lookup, order. "
								+ "Call one of them or answer without."),
				fed(FailureClass.TOOL_FAILED, "fail", "Tool 'fail' failed: The shop is closed"),
				fed(FailureClass.TOOL_TIMEOUT, "hang",
						"Tool 'hang' took too long: It was not done within PT0.1S and was ended. "
								+ "It may have done its work or not."),
				unfit("The arguments of tool 'order' do not fit: 'number' is missing. They must be one JSON object that "
						+ "fits this schema: " + schema + ". Call it again with such."),
				loop(), bug(), budget());
	}

	/**
	 * The model is told three times.
	 */
	private static LadderRow fed(FailureClass failure, String tool, String told) {
		String call = tool + "({})";
		String id = failure.id();
		String[] round = { "assistant: " + call, "tool: " + told };
		return calling(failure, tool)
			.tells("tool-call 1 " + call, "tool-result 1 " + told, "recovering " + id + " feedback 1",
					"tool-call 2 " + call, "tool-result 2 " + told, "recovering " + id + " feedback 2",
					"tool-call 3 " + call, "tool-result 3 " + told, "recovering " + id + " feedback 3",
					"tool-call 4 " + call, "tool-result 4 " + told)
			.asks(usual())
			.asks(usual(times(1, round)))
			.asks(usual(times(2, round)))
			.asks(usual(times(3, round)));
	}

	private static LadderRow unfit(String told) {
		String[] round = { "assistant: order({})", "tool: " + told };
		return calling(FailureClass.INVALID_OUTPUT, "order").when("arguments")
			.tells("tool-call 1 order({})", "tool-result 1 " + told, "recovering invalid-output feedback 1",
					"tool-call 2 order({})", "tool-result 2 " + told, "recovering invalid-output feedback 2",
					"tool-call 3 order({})", "tool-result 3 " + told, "recovering invalid-output switch-model 3",
					"tool-call 4 order({})", "tool-result 4 " + told)
			.asks(usual())
			.asks(usual(times(1, round)))
			.asks(usual(times(2, round)))
			.asks(other(times(3, round)));
	}

	/**
	 * The same three times, then another call that is not made.
	 */
	private static LadderRow loop() {
		String[] made = { "assistant: lookup({})", "tool: \"shipped\"" };
		String[] notMade = { "assistant: lookup({})",
				"tool: This tool was not called: it gave the same each time you called it with these arguments. "
						+ "Call it with others, do something else, or answer with what you know." };
		return calling(FailureClass.LOOP, "lookup")
			.tells("tool-call 1 lookup({})", "tool-result 1 \"shipped\"", "tool-call 2 lookup({})",
					"tool-result 2 \"shipped\"", "tool-call 3 lookup({})", "tool-result 3 \"shipped\"",
					"recovering loop feedback 1", "recovering loop feedback 2", "recovering loop switch-model 3")
			.asks(usual())
			.asks(usual(times(1, made)))
			.asks(usual(times(2, made)))
			.asks(usual(times(3, made)))
			.asks(usual(both(times(3, made), notMade)))
			.asks(usual(both(times(3, made), times(2, notMade))))
			.asks(other(both(times(3, made), times(2, notMade))));
	}

	private static LadderRow bug() {
		String told = "The call of tool 'crash' was cut off. It may have done its work or not, and was not repeated. "
				+ "Find out before you call it again, or tell the user.";
		return calling(FailureClass.BUG, "crash")
			.tells("tool-call 1 crash({})", "recovering bug restart 1", "tool-result 1 " + told,
					"tool-call 2 crash({})")
			.asks(usual())
			.asks(usual("assistant: crash({})", "tool: " + told));
	}

	private static LadderRow budget() {
		return calling(FailureClass.BUDGET_SPENT, "lookup")
			.with((agent) -> agent.tools(TOOLS).budget(new Budget(2, 20_000, Duration.ofMinutes(2))))
			.tells("tool-call 1 lookup({})", "tool-result 1 \"shipped\"")
			.asks(usual())
			.asks(usual("assistant: lookup({})", "tool: \"shipped\""));
	}

	private static LadderRow calling(FailureClass failure, String tool) {
		return LadderRow.of(failure, "{'fault': 'tool-call', 'name': '%s'}".formatted(tool))
			.with((agent) -> agent.tools(TOOLS)
				.toolSettings(ToolSettings.defaults().withTimeout(Duration.ofMillis(100))));
	}

	private static String[] times(int times, String... lines) {
		return Collections.nCopies(times, List.of(lines)).stream().flatMap(List::stream).toArray(String[]::new);
	}

	private static String[] both(String[] first, String[] second) {
		return Stream.concat(Stream.of(first), Stream.of(second)).toArray(String[]::new);
	}

	private static String error(int status, String message) {
		return "{'fault': 'status', 'status': %d, 'type': 'error', 'code': 'error', 'message': '%s'}".formatted(status,
				message);
	}

	/**
	 * The answer "ab" with something wrong in it.
	 */
	private static String broken(String fault, int after) {
		return "{'fault': '%s', 'tokens': ['a', 'b'], 'after': %d, 'status': 500, 'code': 'internal_error'}"
			.formatted(fault, after);
	}

	private static String usual(String... after) {
		return request("usual", ORDINALS.length, after);
	}

	private static String other(String... after) {
		return request("other", ORDINALS.length, after);
	}

	/**
	 * A request as {@link SeenRequest#text()} writes it.
	 * @param model the model
	 * @param turns how many of the earlier turns are told
	 * @param after what follows what the user says
	 */
	static String request(String model, int turns, String... after) {
		List<String> lines = new ArrayList<>(List.of(model, "system: " + INSTRUCTIONS));
		for (Message message : history().subList(2 * (ORDINALS.length - turns), 2 * ORDINALS.length)) {
			lines.add(message.getMessageType().getValue() + ": " + message.getText());
		}
		lines.add("user: " + INPUT);
		lines.addAll(List.of(after));
		return String.join("\n", lines);
	}

}
