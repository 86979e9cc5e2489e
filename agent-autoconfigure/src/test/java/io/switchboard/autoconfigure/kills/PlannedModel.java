package io.switchboard.autoconfigure.kills;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.switchboard.test.provider.ChatRequest;
import io.switchboard.test.provider.Completion;
import io.switchboard.test.provider.Reply;
import tools.jackson.databind.JsonNode;

/**
 * A model that does what the {@link Plan} says which the user says, and takes its time
 * for it. The same request always has the same answer.
 */
final class PlannedModel implements Function<ChatRequest, Reply> {

	@Override
	public Reply apply(ChatRequest request) {
		Asked asked = Asked.of(request);
		Plan plan = asked.plan();
		Duration pace = Duration.ofMillis(5 + Math.floorMod(plan.label().hashCode(), 15));
		if (asked.step() >= plan.steps().size()) {
			return Reply.stream(plan.answer(asked.before()).toArray(String[]::new)).withPace(pace);
		}
		Completion calls = Reply
			.stream(IntStream.range(0, plan.words() % 4).mapToObj((i) -> "hm%d ".formatted(i)).toArray(String[]::new))
			.withPace(pace);
		for (String call : plan.calls(asked.step())) {
			calls = calls.andToolCall(plan.tool(call).word(), "{\"id\":\"%s\"}".formatted(call));
		}
		return calls;
	}

	/**
	 * What a request is about.
	 *
	 * @param plan the plan of the turn
	 * @param step how many answers the model has given in it
	 * @param before the turns before, as far as the request tells
	 */
	record Asked(Plan plan, int step, List<String> before) {

		static Asked of(ChatRequest request) {
			List<JsonNode> messages = request.messages();
			List<String> said = messages.stream()
				.filter((message) -> role(message).equals("user"))
				.map((message) -> message.path("content").asString(""))
				.toList();
			int last = IntStream.range(0, messages.size())
				.filter((i) -> role(messages.get(i)).equals("user"))
				.max()
				.orElseThrow();
			int step = (int) messages.stream()
				.skip(last)
				.filter((message) -> role(message).equals("assistant"))
				.count();
			return new Asked(Plan.parse(said.get(said.size() - 1)), step,
					said.stream().limit(said.size() - 1L).map((text) -> Plan.parse(text).label()).toList());
		}

		private static String role(JsonNode message) {
			return message.path("role").asString("");
		}

	}

}
