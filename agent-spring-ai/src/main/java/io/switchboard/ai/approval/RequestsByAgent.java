package io.switchboard.ai.approval;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

/**
 * What agents ask, one turn each. Agents that are gone for good may have left something,
 * so the oldest have to go at some number. A turn that waits is never dropped: nobody
 * could decide it any more. One that does not is between two lives, and asks again.
 */
final class RequestsByAgent {

	/**
	 * How many turns that wait are passed over in one go, to find one that does not.
	 */
	private static final int LOOKS = 16;

	private final Map<AgentPath, OpenRequests> turns = new LinkedHashMap<>();

	private final int most;

	RequestsByAgent(int most) {
		this.most = most;
	}

	synchronized @Nullable OpenRequests get(AgentPath agent) {
		return this.turns.get(agent);
	}

	synchronized List<OpenRequests> all() {
		return new ArrayList<>(this.turns.values());
	}

	synchronized void add(ApprovalRequest request) {
		OpenRequests known = this.turns.get(request.agent());
		if (known == null || !known.turn().equals(request.turn())) {
			// the new turn is the youngest
			this.turns.remove(request.agent());
			dropOne();
			known = new OpenRequests(request.turn());
			this.turns.put(request.agent(), known);
		}
		known.ask(request);
	}

	private void dropOne() {
		Map<AgentPath, OpenRequests> passed = new LinkedHashMap<>();
		Iterator<Map.Entry<AgentPath, OpenRequests>> oldest = this.turns.entrySet().iterator();
		boolean dropped = this.turns.size() < this.most;
		while (!dropped && passed.size() < LOOKS && oldest.hasNext()) {
			Map.Entry<AgentPath, OpenRequests> entry = oldest.next();
			dropped = !entry.getValue().isAwaited();
			if (!dropped) {
				passed.put(entry.getKey(), entry.getValue());
			}
			oldest.remove();
		}
		// not to be looked at again so soon
		this.turns.putAll(passed);
	}

	synchronized void removeIf(AgentPath agent, Predicate<OpenRequests> isOver) {
		OpenRequests open = this.turns.get(agent);
		if (open != null && isOver.test(open)) {
			this.turns.remove(agent);
		}
	}

	synchronized void removeBelow(AgentPath ancestor) {
		this.turns.keySet().removeIf((agent) -> agent.startsWith(ancestor));
	}

}
