package io.switchboard.registry;

import io.switchboard.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * One subscription to a topic, as a {@link Dispatcher} sees it.
 *
 * @since 0.1.0
 */
public interface TopicEntry {

	/**
	 * The agent that is subscribed.
	 * @return the owner, or {@code null} for a subscriber of the application
	 */
	@Nullable Owner subscriber();

	/**
	 * What the agent has noted on this subscription.
	 * @return the note, or {@code null} if there is none
	 */
	@Nullable Object metadata();

	/**
	 * Send a message to this subscription alone.
	 * @param message the message
	 * @return what became of it: {@link SendResult#UNSUPPORTED} where it is of a type
	 * that is passed over
	 */
	SendResult tell(Object message);

}
