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

	/**
	 * Add what is asked.
	 * @param request what is asked
	 * @return the turns that are gone for it
	 */
	synchronized List<OpenRequests> add(ApprovalRequest request) {
		List<OpenRequests> gone = new ArrayList<>();
		OpenRequests known = this.turns.get(request.agent());
		if (known == null || !known.turn().equals(request.turn())) {
			// the new turn is the youngest
			OpenRequests before = this.turns.remove(request.agent());
			if (before != null) {
				gone.add(before);
			}
			dropOne(gone);
			known = new OpenRequests(request.turn());
			this.turns.put(request.agent(), known);
		}
		known.ask(request);
		return gone;
	}

	private void dropOne(List<OpenRequests> gone) {
		Map<AgentPath, OpenRequests> passed = new LinkedHashMap<>();
		Iterator<Map.Entry<AgentPath, OpenRequests>> oldest = this.turns.entrySet().iterator();
		boolean dropped = this.turns.size() < this.most;
		while (!dropped && passed.size() < LOOKS && oldest.hasNext()) {
			Map.Entry<AgentPath, OpenRequests> entry = oldest.next();
			dropped = !entry.getValue().isAwaited();
			if (dropped) {
				gone.add(entry.getValue());
			}
			else {
				passed.put(entry.getKey(), entry.getValue());
			}
			oldest.remove();
		}
		// not to be looked at again so soon
		this.turns.putAll(passed);
	}

	synchronized List<OpenRequests> removeIf(AgentPath agent, Predicate<OpenRequests> isOver) {
		OpenRequests open = this.turns.get(agent);
		if (open == null || !isOver.test(open)) {
			return List.of();
		}
		this.turns.remove(agent);
		return List.of(open);
	}

	synchronized List<OpenRequests> removeBelow(AgentPath ancestor) {
		List<OpenRequests> gone = new ArrayList<>();
		this.turns.entrySet().removeIf((each) -> each.getKey().startsWith(ancestor) && gone.add(each.getValue()));
		return gone;
	}

}
