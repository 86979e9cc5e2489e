package io.switchboard.test;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.event.AgentEvent;

/**
 * Events of a system in the order they happened, ready for AssertJ.
 *
 * @param list the events, oldest first
 * @since 0.1.0
 */
public record Events(List<AgentEvent> list) implements Iterable<AgentEvent> {

	public Events {
		list = List.copyOf(list);
	}

	/**
	 * Keep those of one node.
	 * @param path the node's path
	 * @return its events
	 */
	public Events at(String path) {
		AgentPath wanted = AgentPath.of(path);
		return new Events(this.list.stream().filter((event) -> event.path().equals(wanted)).toList());
	}

	/**
	 * Keep those of one kind.
	 * @param type the kind of event
	 * @param <E> the kind of event
	 * @return the events of that kind
	 */
	public <E extends AgentEvent> List<E> of(Class<E> type) {
		return stream().filter(type::isInstance).map(type::cast).toList();
	}

	/**
	 * All of them.
	 * @return the events, oldest first
	 */
	public Stream<AgentEvent> stream() {
		return this.list.stream();
	}

	@Override
	public Iterator<AgentEvent> iterator() {
		return this.list.iterator();
	}

}
