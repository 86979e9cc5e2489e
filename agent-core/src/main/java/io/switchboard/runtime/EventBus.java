package io.switchboard.runtime;

import java.util.List;

import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Hands events to the listeners and to whoever follows the stream.
 */
final class EventBus {

	private static final Logger logger = LoggerFactory.getLogger(EventBus.class);

	private final Object lock = new Object();

	private final List<AgentEventListener> listeners;

	private final Sinks.Many<AgentEvent> followers = Sinks.many().multicast().directBestEffort();

	EventBus(List<AgentEventListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	/**
	 * Whether there is anybody to tell. Where events are many it pays to ask before one
	 * is made.
	 * @return {@code false} if an event would reach nobody
	 */
	boolean isHeard() {
		return !this.listeners.isEmpty() || this.followers.currentSubscriberCount() > 0;
	}

	void emit(AgentEvent event) {
		for (AgentEventListener listener : this.listeners) {
			try {
				listener.onEvent(event);
			}
			catch (Throwable ex) {
				Fatal.tell(ex);
				// the event itself may carry an exception that quotes what must not be
				// shown
				logger.error("Listener {} failed on event {} of '{}'", listener.getClass().getName(),
						event.getClass().getSimpleName(), event.path(), ex);
			}
		}
		if (this.followers.currentSubscriberCount() > 0) {
			follow(() -> this.followers.tryEmitNext(event));
		}
	}

	Flux<AgentEvent> events() {
		return this.followers.asFlux();
	}

	void complete() {
		follow(this.followers::tryEmitComplete);
	}

	private void follow(Runnable emission) {
		try {
			synchronized (this.lock) {
				emission.run();
			}
		}
		catch (Throwable ex) {
			Fatal.tell(ex);
			logger.error("A subscriber of the events failed", ex);
		}
	}

}
