package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A supervisor on the wire.
 *
 * @param path where it is
 * @param type {@code supervisor}, {@code dynamic-supervisor} or
 * {@code partition-supervisor}
 * @param status what it is doing
 * @param incarnation the number of its life
 * @param restarts automatic restarts since it was first started
 * @param lastExit how its latest ended life ended, absent if none has
 * @param restartingUntil when the wait for its restart ends, absent if it does not wait
 * @param strategy which children it restarts together
 * @param maxRestarts restarts it allows within the period
 * @param within the period
 * @param restartsInWindow restarts that count against the budget
 * @param childCount how many children it has
 * @param children those of them that are shown
 * @param next where those begin that come after, absent if none does
 */
record SupervisorDescriptor(String path, String type, String status, long incarnation, long restarts,
		@Nullable ExitDescriptor lastExit, @Nullable Instant restartingUntil, String strategy, int maxRestarts,
		Duration within, int restartsInWindow, int childCount, List<NodeDescriptor> children,
		@Nullable Long next) implements NodeDescriptor {

}
