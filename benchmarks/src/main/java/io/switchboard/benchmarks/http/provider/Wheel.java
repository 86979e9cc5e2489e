package io.switchboard.benchmarks.http.provider;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;

/**
 * One timer for all calls, on the thread that serves all connections. What is due in a
 * tick is written first and leaves then, one write a connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // it turns as long as the process lives
final class Wheel {

	private static final int TICK_MILLIS = 10;

	private static final int SLOTS = 1024;

	private final List<Deque<Call>> slots = new ArrayList<>();

	private final Set<ChannelHandlerContext> written = new LinkedHashSet<>();

	private final Deque<Call> held = new ArrayDeque<>();

	private final long started = System.nanoTime();

	private long tick;

	private boolean released;

	Wheel(EventLoop loop) {
		for (int i = 0; i < SLOTS; i++) {
			this.slots.add(new ArrayDeque<>());
		}
		loop.scheduleAtFixedRate(this::turn, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
	}

	private void turn() {
		long now = (System.nanoTime() - this.started) / TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
		while (this.tick < now) {
			this.tick++;
			Deque<Call> slot = this.slots.get((int) (this.tick % SLOTS));
			for (int left = slot.size(); left > 0; left--) {
				slot.remove().proceed();
			}
		}
		this.written.forEach(ChannelHandlerContext::flush);
		this.written.clear();
	}

	/**
	 * Let a call go on later.
	 * @param call the call
	 * @param millis when, from the tick on in which it is now
	 */
	void after(Call call, int millis) {
		int ticks = Math.max(1, Math.min(SLOTS - 1, Math.round((float) millis / TICK_MILLIS)));
		this.slots.get((int) ((this.tick + ticks) % SLOTS)).add(call);
	}

	/**
	 * Flush a connection at the end of the tick.
	 * @param connection the connection
	 */
	void writtenTo(ChannelHandlerContext connection) {
		this.written.add(connection);
	}

	/**
	 * Let a call go on when all are told to.
	 * @param call the call
	 */
	void hold(Call call) {
		if (this.released) {
			after(call, TICK_MILLIS);
		}
		else {
			this.held.add(call);
		}
	}

	/**
	 * Hold calls from now on, or let those that are held and all that follow go on.
	 * @param released whether to let them go
	 * @return how many were held
	 */
	int release(boolean released) {
		this.released = released;
		int count = this.held.size();
		if (released) {
			this.held.forEach((call) -> after(call, TICK_MILLIS));
			this.held.clear();
		}
		return count;
	}

}
