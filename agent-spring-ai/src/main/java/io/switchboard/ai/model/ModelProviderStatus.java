package io.switchboard.ai.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

/**
 * What is going on at a provider: a snapshot for operators, out of date as soon as it is
 * taken.
 *
 * @param name the provider
 * @param state whether calls are let through
 * @param running how many calls are under way
 * @param resumesAt when the next call is let through, {@code null} unless all wait
 * because the provider failed or asked for it
 * @param waiting the calls that wait, the next one first
 * @since 0.1.0
 */
public record ModelProviderStatus(String name, BreakerState state, int running, @Nullable Instant resumesAt,
		List<Waiting> waiting) {

	/**
	 * Copy the list.
	 */
	public ModelProviderStatus {
		waiting = List.copyOf(waiting);
	}

	/**
	 * A call that waits.
	 *
	 * @param agent who wants to call
	 * @param place its place in the line, from one
	 * @param since since when it waits
	 * @param estimate how long it will still wait if things go on as they do,
	 * {@code null} if there is nothing yet to tell that from
	 * @since 0.1.0
	 */
	public record Waiting(AgentPath agent, int place, Instant since, @Nullable Duration estimate) {

	}

}
