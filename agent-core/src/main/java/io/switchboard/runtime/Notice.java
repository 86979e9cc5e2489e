package io.switchboard.runtime;

import java.util.Objects;
import java.util.function.Function;

import io.switchboard.Terminated;
import org.jspecify.annotations.Nullable;

/**
 * The news of an end in an agent's mailbox. It dies with the life that it is for. What is
 * not for other threads is confined to that life's handlers.
 */
final class Notice extends Envelope {

	private final AgentCell cell;

	private final long life;

	private final Function<Terminated, ?> opener;

	private final Claim claim;

	private boolean claimed;

	private @Nullable Object made;

	/**
	 * Write a notice.
	 * @param cell the agent it is for
	 * @param life the life it is for
	 * @param news what it says
	 * @param message makes the agent's own message of it
	 * @param claim decides whether it is still wanted
	 */
	Notice(AgentCell cell, long life, Terminated news, Function<Terminated, ?> message, Claim claim) {
		super(news, cell.system.nanos());
		this.cell = cell;
		this.life = life;
		this.opener = message;
		this.claim = claim;
	}

	long life() {
		return this.life;
	}

	/**
	 * What it says, before the agent has made a message of it.
	 * @return the news
	 */
	Terminated news() {
		return (Terminated) message();
	}

	/**
	 * Decide that it is handled now, if it was not withdrawn. A notice that was put aside
	 * and comes again was decided on before.
	 * @return whether to handle it
	 */
	boolean claim() {
		this.claimed = this.claimed || this.claim.claim(news());
		return this.claimed;
	}

	/**
	 * The agent's own message. Runs the agent's code at the first call.
	 * @return the message
	 */
	@Override
	Object open() {
		Object opened = this.made;
		if (opened == null) {
			opened = Objects.requireNonNull(this.opener.apply(news()),
					() -> "Agent '%s' made no message of the end of '%s': null was returned, a message is needed"
						.formatted(this.cell.path, news().path()));
			if (!this.cell.supports(opened)) {
				throw new IllegalStateException(
						"Agent '%s' made a %s of the end of '%s', and does not take such messages"
							.formatted(this.cell.path, opened.getClass().getName(), news().path()));
			}
			this.made = opened;
		}
		return opened;
	}

	/**
	 * Decides, once, whether a notice is handled or withdrawn.
	 */
	@FunctionalInterface
	interface Claim {

		/**
		 * Handle the notice, unless it was withdrawn.
		 * @param news what it says
		 * @return whether it is to be handled
		 */
		boolean claim(Terminated news);

	}

}
