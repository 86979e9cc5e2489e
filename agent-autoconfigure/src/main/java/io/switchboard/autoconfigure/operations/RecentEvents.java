package io.switchboard.autoconfigure.operations;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;

/**
 * Keeps the latest events of one kind. Safe for use by many threads.
 *
 * @param <E> the kind
 */
final class RecentEvents<E extends AgentEvent> implements AgentEventListener {

	private final Class<E> type;

	private final int capacity;

	private final Deque<E> events = new ArrayDeque<>();

	RecentEvents(Class<E> type, int capacity) {
		this.type = type;
		this.capacity = capacity;
	}

	@Override
	public void onEvent(AgentEvent event) {
		if (this.type.isInstance(event)) {
			synchronized (this.events) {
				this.events.addFirst(this.type.cast(event));
				if (this.events.size() > this.capacity) {
					this.events.removeLast();
				}
			}
		}
	}

	/**
	 * What is kept.
	 * @return the events, newest first
	 */
	List<E> all() {
		synchronized (this.events) {
			return new ArrayList<>(this.events);
		}
	}

	void clear() {
		synchronized (this.events) {
			this.events.clear();
		}
	}

}
