package io.switchboard.registry;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Decides which subscriptions of a topic receive a message, and what: to send to every
 * second one, say, or to prepare it once for all who noted the same format.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Dispatcher {

	/**
	 * Send a message to those who are to receive it.
	 * @param entries all subscriptions, oldest first, those of the sender included
	 * @param sender the agent that sends it, or {@code null} for none
	 * @param message the message
	 */
	void dispatch(List<TopicEntry> entries, @Nullable Owner sender, Object message);

}
