package io.switchboard.autoconfigure.kills;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a turn is to do. The client says it to the model, which keeps to it, so everybody
 * knows what has to come of it.
 *
 * @param label names the turn, {@code session.number}
 * @param steps the tools that each answer of the model but the last one asks for
 * @param words how long the last one is
 */
record Plan(String label, List<List<Tool>> steps, int words) {

	static Plan random(String label, Random random) {
		List<List<Tool>> steps = new ArrayList<>();
		for (int i = random.nextInt(4); i > 0; i--) {
			steps.add(random.ints(1 + random.nextInt(2), 0, Tool.values().length)
				.mapToObj((t) -> Tool.values()[t])
				.toList());
		}
		return new Plan(label, List.copyOf(steps), 3 + random.nextInt(40));
	}

	/**
	 * A short one.
	 * @param label names the turn
	 * @return a plan without tools
	 */
	static Plan brief(String label) {
		return new Plan(label, List.of(), 2);
	}

	/**
	 * Read what a client has said.
	 * @param text what {@link #text()} has written
	 * @return the plan
	 */
	static Plan parse(String text) {
		String[] parts = text.split(" ");
		List<List<Tool>> steps = Arrays.stream(parts)
			.skip(1)
			.limit(parts.length - 2)
			.map((step) -> Arrays.stream(step.split("\\+")).map(Tool::of).toList())
			.toList();
		return new Plan(parts[0], steps, Integer.parseInt(parts[parts.length - 1]));
	}

	/**
	 * The plan in the client's words.
	 * @return the input of the turn
	 */
	String text() {
		return "%s %s%d".formatted(this.label,
				this.steps.stream()
					.map((step) -> step.stream().map(Tool::word).collect(Collectors.joining("+")) + " ")
					.collect(Collectors.joining()),
				this.words);
	}

	/**
	 * What the calls of a step are called.
	 * @param step the step, from 0
	 * @return a name for each, which is the tool's argument
	 */
	List<String> calls(int step) {
		return IntStream.range(0, this.steps.get(step).size())
			.mapToObj((i) -> "%s/%d/%d".formatted(this.label, step, i))
			.toList();
	}

	Tool tool(String call) {
		String[] parts = call.split("/");
		return this.steps.get(Integer.parseInt(parts[1])).get(Integer.parseInt(parts[2]));
	}

	/**
	 * The tokens of the answer.
	 * @param before the turns that the model knows of
	 * @return the tokens
	 */
	List<String> answer(List<String> before) {
		List<String> tokens = new ArrayList<>();
		tokens.add(this.label + " ");
		tokens.add("after [%s]:".formatted(String.join(",", before)));
		IntStream.range(0, this.words).forEach((i) -> tokens.add(" word" + i));
		return tokens;
	}

	/**
	 * Which turn an answer belongs to.
	 * @param answer the answer
	 * @return the turn's label
	 */
	static String labelOf(String answer) {
		return answer.split(" ", 2)[0];
	}

	/**
	 * Which session a turn belongs to.
	 * @param label the turn's label
	 * @return the session
	 */
	static String sessionOf(String label) {
		return label.split("\\.", 2)[0];
	}

}
