package io.switchboard.ai.tool;

import java.math.BigDecimal;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What the turns do that one call of a tool has begun in other agents, as far as it
 * concerns whoever made the call: how long they wait for people, which is nobody's time,
 * and what they spend, which is the caller's money, too.
 * <p>
 * It travels in Reactor's context, from the call to the agents that are asked in it. You
 * need it only to run turns.
 *
 * @since 0.1.0
 */
public final class CallMeter {

	private final Consumer<Boolean> listener;

	private int waiting;

	private long waited;

	private long since;

	private boolean over;

	private long inputTokens;

	private long outputTokens;

	private BigDecimal cost = BigDecimal.ZERO;

	/**
	 * Make a meter for one call.
	 * @param listener told when the call begins to wait for a person, and when it goes on
	 */
	public CallMeter(Consumer<Boolean> listener) {
		this.listener = listener;
	}

	/**
	 * Find the meter of the call that something is subscribed in.
	 * @param context the subscriber's context
	 * @return the meter, or {@code null} if it is in no call
	 */
	public static @Nullable CallMeter of(ContextView context) {
		return context.getOrDefault(CallMeter.class, null);
	}

	/**
	 * Put the meter where {@link #of} finds it.
	 * @param context the context of the call
	 * @return the context with the meter
	 */
	public Context in(Context context) {
		return context.put(CallMeter.class, this);
	}

	/**
	 * A turn begins to wait for a person.
	 * @param now the time in milliseconds
	 */
	public synchronized void waits(long now) {
		if (this.waiting++ == 0) {
			this.since = now;
			tell(true);
		}
	}

	/**
	 * A turn does not wait any more.
	 * @param now the time in milliseconds
	 */
	public synchronized void goesOn(long now) {
		if (--this.waiting == 0) {
			this.waited += now - this.since;
			tell(false);
		}
	}

	private void tell(boolean waits) {
		if (!this.over) {
			this.listener.accept(waits);
		}
	}

	/**
	 * The call is over, and nobody is told of anything any more.
	 * @return whether it waited
	 */
	public synchronized boolean end() {
		boolean first = !this.over;
		this.over = true;
		return first && this.waiting > 0;
	}

	/**
	 * Whether the call waits for a person.
	 * @return {@code true} if so
	 */
	synchronized boolean isWaiting() {
		return this.waiting > 0;
	}

	/**
	 * How long the call has waited.
	 * @param now the time in milliseconds
	 * @return milliseconds
	 */
	synchronized long waited(long now) {
		return (this.waiting > 0) ? this.waited + now - this.since : this.waited;
	}

	/**
	 * A turn has cost something.
	 * @param inputTokens tokens sent to a model
	 * @param outputTokens tokens that it wrote
	 * @param cost their price
	 */
	public synchronized void spent(long inputTokens, long outputTokens, BigDecimal cost) {
		this.inputTokens += inputTokens;
		this.outputTokens += outputTokens;
		this.cost = this.cost.add(cost);
	}

	/**
	 * Tokens sent to models.
	 * @return how many so far
	 */
	public synchronized long inputTokens() {
		return this.inputTokens;
	}

	/**
	 * Tokens that models wrote.
	 * @return how many so far
	 */
	public synchronized long outputTokens() {
		return this.outputTokens;
	}

	/**
	 * The price of all that.
	 * @return the price so far
	 */
	public synchronized BigDecimal cost() {
		return this.cost;
	}

}
