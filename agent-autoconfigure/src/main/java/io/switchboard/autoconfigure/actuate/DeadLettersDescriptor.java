package io.switchboard.autoconfigure.actuate;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Dead letters on the wire, the latest first.
 *
 * @param turnCount how many turns are kept
 * @param turns turns that were given up
 * @param messageCount how many messages are known of
 * @param messages messages that reached nobody
 */
record DeadLettersDescriptor(int turnCount, List<Turn> turns, int messageCount,
		List<Message> messages) implements OperationResponseBody {

	/**
	 * A turn that was given up.
	 *
	 * @param agent the path of the agent that led it
	 * @param turn its id
	 * @param incarnation in which life it was given up
	 * @param failure the class of what went wrong last
	 * @param detail the same in words, absent unless it may be shown
	 * @param input what the user has said, absent unless it may be shown
	 * @param at when it was given up
	 */
	record Turn(String agent, String turn, long incarnation, String failure, @Nullable String detail,
			@Nullable String input, Instant at) {
	}

	/**
	 * A message that reached nobody.
	 *
	 * @param path where it was sent
	 * @param type its class
	 * @param result why it was not taken, or {@code accepted} if it was lost later
	 * @param at when
	 */
	record Message(String path, String type, String result, Instant at) {
	}

}
