package io.switchboard.registry;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Broadcast to whoever listens: each message once at most, to those who are subscribed at
 * that moment, and without a history.
 * <p>
 * Messages of one sender arrive in the order sent. Subscribing twice means receiving
 * twice. An agent receives through its mailbox, and its mailbox decides what happens if
 * it falls behind; an application's subscriber says so itself with an {@link Overflow}.
 * Nothing slows a sender down.
 *
 * @since 0.1.0
 */
public interface Topics {

	/**
	 * Let an agent receive what is sent to a topic.
	 * @param topic the topic
	 * @param subscriber the agent; it has to take messages of the types that are sent
	 * @return whether it is subscribed; not if it has ended or never was
	 */
	default boolean subscribe(String topic, Owner subscriber) {
		return subscribe(topic, subscriber, null);
	}

	/**
	 * Let an agent receive what is sent to a topic, with a note for dispatchers.
	 * @param topic the topic
	 * @param subscriber the agent; it has to take messages of the types that are sent
	 * @param metadata what a {@link Dispatcher} is to know of this subscription
	 * @return whether it is subscribed; not if it has ended or never was
	 */
	boolean subscribe(String topic, Owner subscriber, @Nullable Object metadata);

	/**
	 * End all subscriptions of an agent to a topic.
	 * @param topic the topic
	 * @param subscriber the agent; for a life, those that belong to all lives at its path
	 * end, too
	 */
	void unsubscribe(String topic, Owner subscriber);

	/**
	 * Receive what is sent to a topic from subscription on, until the system ends.
	 * Signals arrive on the runtime's workers: do not block in them.
	 * @param topic the topic
	 * @param type the type of message to receive; others are passed over
	 * @param overflow what happens if the subscriber does not keep up
	 * @param <T> the type of message
	 * @return the messages; each subscription is one of its own
	 */
	<T> Flux<T> subscribe(String topic, Class<T> type, Overflow overflow);

	/**
	 * Send a message to all who are subscribed.
	 * @param topic the topic
	 * @param message the message
	 * @return how many took it
	 */
	int broadcast(String topic, Object message);

	/**
	 * Send a message to all who are subscribed, but for the sender.
	 * @param topic the topic
	 * @param message the message
	 * @param sender the agent that sends it; none of its subscriptions receives it
	 * @return how many took it
	 */
	int broadcastFrom(String topic, Object message, Owner sender);

	/**
	 * Let somebody decide which subscriptions receive a message, and what. Called once,
	 * on the calling thread, before this returns; not called if there are none.
	 * @param topic the topic
	 * @param message the message
	 * @param sender the agent that sends it, or {@code null} for none
	 * @param dispatcher decides
	 */
	void dispatch(String topic, Object message, @Nullable Owner sender, Dispatcher dispatcher);

	/**
	 * Who is subscribed to a topic now.
	 * @param topic the topic
	 * @return the subscriptions, oldest first
	 */
	List<TopicEntry> entries(String topic);

	/**
	 * The topics that somebody is subscribed to now.
	 * @return the topics in alphabetical order
	 */
	Set<String> all();

}
