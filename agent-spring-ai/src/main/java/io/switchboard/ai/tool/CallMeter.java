package io.switchboard.ai.tool;

import java.math.BigDecimal;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What the turns do that one call of a tool has begun in other agents, as far as it
 * concerns whoever made the call: how long they wait for people and for their providers,
 * which is nobody's time, and what they spend, which is the caller's money, too.
 * <p>
 * It travels in Reactor's context, from the call to the agents that are asked in it. You
 * need it only to run turns.
 *
 * @since 0.1.0
 */
public final class CallMeter {

	/**
	 * Connections keep the context that they were made in, and with it the meter, but are
	 * not to keep who has made the call.
	 */
	private volatile @Nullable BiConsumer<CallMeter, WaitingFor> listener;

	private final WaitingTime waiting = new WaitingTime();

	private long inputTokens;

	private long outputTokens;

	private BigDecimal cost = BigDecimal.ZERO;

	/**
	 * Make a meter for one call.
	 * @param listener told this meter and what the call waits for, whenever that changes
	 */
	public CallMeter(BiConsumer<CallMeter, WaitingFor> listener) {
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
	 * Note that the call is over: what the turns of others wait for concerns it no more.
	 */
	public void over() {
		this.listener = null;
	}

	/**
	 * A turn begins to wait.
	 * @param what for what
	 * @param now the time in milliseconds
	 */
	public synchronized void waits(WaitingFor what, long now) {
		WaitingFor before = this.waiting.what();
		this.waiting.waits(what, now);
		tellChange(before);
	}

	/**
	 * A turn does not wait any more.
	 * @param what for what it has waited
	 * @param now the time in milliseconds
	 */
	public synchronized void goesOn(WaitingFor what, long now) {
		WaitingFor before = this.waiting.what();
		this.waiting.goesOn(what, now);
		tellChange(before);
	}

	/**
	 * Under the lock, so that whoever listens hears of changes in their order.
	 */
	private void tellChange(WaitingFor before) {
		WaitingFor now = this.waiting.what();
		BiConsumer<CallMeter, WaitingFor> listener = this.listener;
		if (now != before && listener != null) {
			listener.accept(this, now);
		}
	}

	/**
	 * How long the call has waited.
	 * @return the time
	 */
	WaitingTime waiting() {
		return this.waiting;
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
