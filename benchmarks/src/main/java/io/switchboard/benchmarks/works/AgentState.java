package io.switchboard.benchmarks.works;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of each agent, the same for all contenders: a small map with a history of two
 * messages.
 */
public final class AgentState {

	private AgentState() {
	}

	public static Map<String, Object> of(int id) {
		List<Turn> history = new ArrayList<>(2);
		history.add(new Turn("user", "hello " + id));
		history.add(new Turn("assistant", "hi " + id));
		Map<String, Object> state = new HashMap<>();
		state.put("id", id);
		state.put("model", "sim-1");
		state.put("tags", List.of("tools", "memory"));
		state.put("history", history);
		return state;
	}

}
