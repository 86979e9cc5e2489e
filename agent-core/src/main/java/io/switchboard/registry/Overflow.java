package io.switchboard.registry;

import java.util.Objects;

import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.mailbox.OverflowPolicy;

/**
 * How much may wait for a subscriber that does not keep up, and what happens to one more.
 *
 * @param capacity elements that may wait, at least one
 * @param policy what happens beyond
 * @since 0.1.0
 */
public record Overflow(int capacity, Policy policy) {

	public Overflow {
		if (capacity < 1) {
			throw new IllegalArgumentException(
					"Capacity %d is too small for a subscriber: at least 1 is needed".formatted(capacity));
		}
		Objects.requireNonNull(policy, "'policy' must not be null");
	}

	/**
	 * Drop what comes while it is full.
	 * @param capacity elements that may wait
	 * @return the overflow setting
	 */
	public static Overflow dropNewest(int capacity) {
		return new Overflow(capacity, Policy.DROP_NEWEST);
	}

	/**
	 * Drop what has waited longest. For readings and ticks of which only the newest
	 * count.
	 * @param capacity elements that may wait
	 * @return the overflow setting
	 */
	public static Overflow dropOldest(int capacity) {
		return new Overflow(capacity, Policy.DROP_OLDEST);
	}

	/**
	 * End the subscription with a {@link SubscriberOverflowException} behind what waits.
	 * For those to whom a gap is worse than beginning anew.
	 * @param capacity elements that may wait
	 * @return the overflow setting
	 */
	public static Overflow fail(int capacity) {
		return new Overflow(capacity, Policy.FAIL);
	}

	MailboxSpec mailbox() {
		return new MailboxSpec(this.capacity,
				(this.policy == Policy.DROP_OLDEST) ? OverflowPolicy.DROP_OLDEST : OverflowPolicy.REJECT);
	}

	/**
	 * What happens to one more than may wait.
	 */
	public enum Policy {

		/**
		 * It is dropped.
		 */
		DROP_NEWEST,

		/**
		 * It is taken, and what has waited longest is dropped.
		 */
		DROP_OLDEST,

		/**
		 * The subscription ends with an error.
		 */
		FAIL

	}

}
