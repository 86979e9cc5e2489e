package io.switchboard.test;

import java.util.ArrayList;
import java.util.List;

import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;

/**
 * Remembers what happens in a system.
 * <p>
 * A {@link TestAgentSystem} has one already. For a system of your own, give it to
 * {@link io.switchboard.runtime.AgentSystemBuilder#listener the builder}. It keeps every
 * event it is told of, so it is not for systems that run for long.
 *
 * @since 0.1.0
 */
public final class EventRecorder implements AgentEventListener {

	private final Object lock = new Object();

	private final List<AgentEvent> recorded = new ArrayList<>();

	@Override
	public void onEvent(AgentEvent event) {
		synchronized (this.lock) {
			this.recorded.add(event);
		}
	}

	/**
	 * All events so far.
	 * @return a copy that does not change any more
	 */
	public Events all() {
		return since(0);
	}

	/**
	 * Remember this moment.
	 * @return a mark for {@link #since(int)}
	 */
	public int mark() {
		synchronized (this.lock) {
			return this.recorded.size();
		}
	}

	/**
	 * The events since a moment.
	 * @param mark the moment, from {@link #mark()}
	 * @return a copy that does not change any more
	 */
	public Events since(int mark) {
		synchronized (this.lock) {
			return new Events(this.recorded.subList(mark, this.recorded.size()));
		}
	}

	/**
	 * The events of one kind so far.
	 * @param type the kind of event
	 * @param <E> the kind of event
	 * @return the events of that kind, oldest first
	 */
	public <E extends AgentEvent> List<E> of(Class<E> type) {
		return all().of(type);
	}

	/**
	 * The events of one node so far.
	 * @param path the node's path
	 * @return its events
	 */
	public Events at(String path) {
		return all().at(path);
	}

}
