package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.switchboard.ai.model.ModelProviderStatus;
import org.jspecify.annotations.Nullable;

/**
 * A provider on the wire.
 *
 * @param name the bean name of the chat model
 * @param state whether calls are let through: closed, open or half-open
 * @param running how many calls are under way
 * @param resumesAt when the next call is let through, absent unless all wait because the
 * provider failed or asked for it
 * @param waitingCount how many calls wait
 * @param waiting the first of them
 */
record ModelProviderDescriptor(String name, String state, int running, @Nullable Instant resumesAt, int waitingCount,
		List<Waiting> waiting) {

	static ModelProviderDescriptor of(ModelProviderStatus status, int limit) {
		return new ModelProviderDescriptor(status.name(), status.state().id(), status.running(), status.resumesAt(),
				status.waiting().size(), status.waiting().stream().limit(limit).map(Waiting::of).toList());
	}

	/**
	 * A call that waits.
	 *
	 * @param agent the path of who wants to call
	 * @param place its place in the line, from one
	 * @param since since when it waits
	 * @param estimate how long it will still wait, absent if there is nothing yet to tell
	 * that from
	 */
	record Waiting(String agent, int place, Instant since, @Nullable Duration estimate) {

		static Waiting of(ModelProviderStatus.Waiting waiting) {
			return new Waiting(waiting.agent().toString(), waiting.place(), waiting.since(), waiting.estimate());
		}

	}

}
