package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which nodes were given up on and who keeps a worker, until that changes. Of
 * sessions that are given up on nothing is remembered: their next message makes a new
 * one.
 */
final class SupervisionWatch implements AgentEventListener {

	private final AgentPlaces places;

	private final Set<AgentPath> givenUp = ConcurrentHashMap.newKeySet();

	private final Map<AgentPath, Instant> holding = new ConcurrentHashMap<>();

	private volatile @Nullable Instant rootEnded;

	SupervisionWatch(AgentCatalog catalog) {
		this.places = new AgentPlaces(catalog);
	}

	@Override
	public void onEvent(AgentEvent event) {
		if (event instanceof AgentEvent.RestartBudgetSpent spent) {
			giveUp(spent.child());
		}
		else if (event instanceof AgentEvent.RestartPaused paused) {
			giveUp(paused.path());
		}
		else if (event instanceof AgentEvent.Started || event instanceof AgentEvent.Restarted) {
			this.givenUp.remove(event.path());
		}
		else if (event instanceof AgentEvent.WorkerHeld held) {
			this.holding.put(held.path(), held.at().minus(held.since()));
		}
		else if (event instanceof AgentEvent.WorkerReleased) {
			this.holding.remove(event.path());
		}
		else if (event instanceof AgentEvent.Exited) {
			this.holding.remove(event.path());
			if (event.path().isRoot()) {
				this.rootEnded = event.at();
			}
		}
	}

	private void giveUp(AgentPath node) {
		if (this.places.isDefined(node)) {
			this.givenUp.add(node);
		}
	}

	/**
	 * When the root ended, and all agents with it.
	 * @return the time, or {@code null} if the root is there
	 */
	@Nullable Instant rootEnded() {
		return this.rootEnded;
	}

	/**
	 * What stays down because restarts did not help.
	 * @return the paths, in order
	 */
	Set<String> givenUp() {
		return this.givenUp.stream().map(AgentPath::toString).collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Who has kept a worker for long.
	 * @param limit for how long at least
	 * @param now the time
	 * @return how many agents, by the names of their definitions: keys of sessions are
	 * nobody's business
	 */
	Map<String, Long> stuck(Duration limit, Instant now) {
		Instant latest = now.minus(limit);
		return this.holding.entrySet()
			.stream()
			.filter((holder) -> !holder.getValue().isAfter(latest))
			.collect(Collectors.groupingBy((holder) -> this.places.of(holder.getKey()).agent(), TreeMap::new,
					Collectors.counting()));
	}

	/**
	 * Forget who keeps a worker if nobody does, whatever was heard last: news of that may
	 * overtake each other. What is heard meanwhile is kept.
	 * @param nobodyHolds whether nobody keeps a worker now
	 */
	void forgetHoldersIf(BooleanSupplier nobodyHolds) {
		Map<AgentPath, Instant> known = Map.copyOf(this.holding);
		if (!known.isEmpty() && nobodyHolds.getAsBoolean()) {
			known.forEach(this.holding::remove);
		}
	}

}
