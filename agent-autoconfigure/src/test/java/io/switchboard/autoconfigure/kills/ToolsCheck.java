package io.switchboard.autoconfigure.kills;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Each call of a tool has one result; a tool that must not be repeated has done its work
 * once at most, and others not again once their result was seen.
 */
record ToolsCheck(History history, Complaints complaints) {

	private static final String CUT_OFF = "was cut off";

	void check() {
		Map<String, List<Executed>> executions = this.history.executions()
			.stream()
			.collect(Collectors.groupingBy(Executed::call));
		Map<String, Integer> told = told();
		executions.forEach((call, done) -> checkExecutions(call, done, told.getOrDefault(call, Integer.MAX_VALUE)));
		this.history.turns().values().forEach((turn) -> checkResults(turn, executions));
	}

	private void checkExecutions(String call, List<Executed> done, int told) {
		Set<Integer> lives = new HashSet<>();
		for (Executed execution : done) {
			this.complaints.addIf(!lives.add(execution.life()), "%s is executed twice in a life: %s", call, done);
			this.complaints.addIf(execution.life() > told, "%s was told in life %d and is executed again: %s", call,
					told, done);
			this.complaints.addIf(!execution.id().equals(done.get(0).id()), "%s has two ids: %s", call, done);
		}
		this.complaints.addIf(done.size() > 1 && !done.get(0).tool().isRepeatable(), "%s is executed twice: %s", call,
				done);
	}

	/**
	 * In which life somebody has got the result of a call first.
	 */
	private Map<String, Integer> told() {
		Map<String, String> calls = new HashMap<>();
		this.history.seen()
			.stream()
			.filter((event) -> event.type().equals("tool-call"))
			.forEach((event) -> calls.put(id(event), event.plannedCall()));
		Map<String, Integer> result = new HashMap<>();
		this.history.seen()
			.stream()
			.filter((event) -> event.type().equals("tool-result"))
			.forEach((event) -> result.merge(calls.getOrDefault(id(event), id(event)), event.life(), Math::min));
		return result;
	}

	private void checkResults(List<Seen> turn, Map<String, List<Executed>> executions) {
		Map<String, String> called = new HashMap<>();
		Set<String> answered = new HashSet<>();
		for (Seen event : turn) {
			if (event.type().equals("tool-call")) {
				String before = called.put(id(event), event.plannedCall());
				this.complaints.addIf(before != null && !isRepeated(event, before, answered), "Called twice: %s",
						event);
			}
			else if (event.type().equals("tool-result")) {
				String call = called.getOrDefault(id(event), "");
				this.complaints.addIf(call.isEmpty() || !answered.add(call), "No or another result: %s", event);
				checkResult(event, call, executions.getOrDefault(call, List.of()));
			}
		}
		Seen end = turn.get(turn.size() - 1);
		this.history.sent()
			.stream()
			.filter((sent) -> end.isCompletion() && sent.label().equals(Plan.labelOf(end.text("answer"))))
			.forEach((sent) -> this.complaints.addIf(!answered.equals(calls(sent.plan())),
					"The calls of %s have the results %s", sent, answered));
	}

	/**
	 * A tool that may be repeated may be told to be called once more.
	 */
	private static boolean isRepeated(Seen event, String before, Set<String> answered) {
		return before.equals(event.plannedCall()) && !answered.contains(before)
				&& Tool.of(event.text("tool")).isRepeatable();
	}

	private void checkResult(Seen event, String call, List<Executed> done) {
		Tool tool = Tool.of(event.text("tool"));
		String result = event.text("result");
		boolean cutOff = result.contains(CUT_OFF);
		this.complaints.addIf(cutOff && tool.isRepeatable(), "Is not repeated: %s", event);
		this.complaints.addIf(!cutOff && !result.contains(tool.result(call)), "Is no result: %s", event);
		this.complaints.addIf(!cutOff && done.isEmpty(), "Was never executed: %s", event);
	}

	private static Set<String> calls(Plan plan) {
		return IntStream.range(0, plan.steps().size())
			.boxed()
			.flatMap((step) -> plan.calls(step).stream())
			.collect(Collectors.toSet());
	}

	private static String id(Seen event) {
		return event.text("turn") + " " + event.text("call");
	}

}
