package io.switchboard.ai.model;

import java.time.Duration;

/**
 * What a provider has been about since the start, in numbers for metrics.
 *
 * @param state whether calls are let through
 * @param running how many calls are under way
 * @param waiting how many calls wait
 * @param held whether all calls wait because the provider failed or asked for it
 * @param answered how many calls the provider answered, if only to refuse them
 * @param failed how many calls it failed
 * @param undecided how many calls ended without telling anything about it, most of them
 * cancelled
 * @param refused how many calls were not let through in time
 * @param waits how many calls were let through after a wait
 * @param waited how long they waited in all
 * @since 0.1.0
 */
public record ModelProviderStatistics(BreakerState state, int running, int waiting, boolean held, long answered,
		long failed, long undecided, long refused, long waits, Duration waited) {

}
