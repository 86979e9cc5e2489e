package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An agent on the wire.
 *
 * @param path where it is
 * @param type always {@code agent}
 * @param status what it is doing
 * @param incarnation the number of its life
 * @param restarts automatic restarts since it was first started
 * @param lastExit how its latest ended life ended, absent if none has
 * @param restartingUntil when the wait for its restart ends, absent if it does not wait
 * @param restart which of its ends are answered with a restart
 * @param mailbox what waits in front of it
 * @param definition what it was made from
 * @param activities what it is at with the message in hand, by name, each with its time
 * and its facts; absent if it shows nothing
 */
record AgentDescriptor(String path, String type, String status, long incarnation, long restarts,
		@Nullable ExitDescriptor lastExit, @Nullable Instant restartingUntil, String restart, Mailbox mailbox,
		Definition definition, @Nullable Map<String, Map<String, Object>> activities) implements NodeDescriptor {

	/**
	 * What waits in front of an agent.
	 *
	 * @param size messages that wait
	 * @param capacity messages that may wait
	 * @param oldest how long the first of them has waited, absent if none waits
	 */
	record Mailbox(int size, int capacity, @Nullable Duration oldest) {
	}

	/**
	 * What an agent was made from.
	 *
	 * @param version the version of its definition
	 */
	record Definition(String version) {
	}

}
