package io.switchboard.autoconfigure.kills;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A step is asked for once in a life of the application, and not in later ones once
 * anything was seen that follows from it.
 */
record RequestsCheck(History history, Complaints complaints) {

	void check() {
		Map<String, List<Requested>> steps = this.history.requests()
			.stream()
			.collect(Collectors.groupingBy((request) -> step(request.label(), request.step())));
		Map<String, Integer> finished = finished();
		steps.forEach((step, requests) -> check(step, requests, finished.getOrDefault(step, Integer.MAX_VALUE)));
		finished.keySet()
			.forEach((step) -> this.complaints.addIf(
					steps.getOrDefault(step, List.of()).stream().noneMatch(Requested::answered),
					"Step %s was done, but the provider has not answered it", step));
	}

	private void check(String step, List<Requested> requests, int finished) {
		Set<Integer> lives = new HashSet<>();
		for (Requested request : requests) {
			this.complaints.addIf(!lives.add(request.life()), "Step %s is asked for twice in a life: %s", step,
					requests);
			this.complaints.addIf(request.life() > finished,
					"Step %s was done in life %d and is asked for in %d once more: %s", step, finished, request.life(),
					requests);
			this.complaints.addIf(!request.messages().equals(requests.get(0).messages()),
					"Step %s is asked for in two ways: %s", step, requests);
		}
	}

	/**
	 * In which life it is known of steps that they were written.
	 */
	private Map<String, Integer> finished() {
		Map<String, Integer> result = new HashMap<>();
		this.history.executions().forEach((execution) -> note(result, stepOf(execution.call()), execution.life()));
		this.history.requests()
			.stream()
			.filter((request) -> request.step() > 0)
			.forEach((request) -> note(result, step(request.label(), request.step() - 1), request.life()));
		Map<String, Plan> plans = this.history.sent()
			.stream()
			.collect(Collectors.toMap(Sent::label, Sent::plan, (one, other) -> one));
		for (Seen event : this.history.seen()) {
			if (event.type().equals("tool-call")) {
				note(result, stepOf(event.plannedCall()), event.life());
			}
			else if (event.isCompletion()) {
				Plan plan = plans.get(Plan.labelOf(event.text("answer")));
				if (plan != null) {
					note(result, step(plan.label(), plan.steps().size()), event.life());
				}
			}
		}
		return result;
	}

	private static void note(Map<String, Integer> lives, String step, int life) {
		lives.merge(step, life, Math::min);
	}

	private static String step(String label, int step) {
		return label + "/" + step;
	}

	private static String stepOf(String call) {
		return call.substring(0, call.lastIndexOf('/'));
	}

}
