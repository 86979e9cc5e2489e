package io.switchboard.benchmarks.measurement;

import java.util.concurrent.TimeUnit;

/**
 * Sends at a steady rate, whatever becomes of what was sent.
 */
public final class Pacer {

	private static final long TICK = TimeUnit.MILLISECONDS.toNanos(1);

	/**
	 * How late the platform's timers may wake the sender before it counts as lateness of
	 * the contender, which has blocked the sender or taken its processor.
	 */
	private static final long TIMER_SLACK = TimeUnit.MILLISECONDS.toNanos(5);

	private Pacer() {
	}

	/**
	 * Send from the calling thread.
	 * @param total how many messages
	 * @param eachTick how many in each millisecond
	 * @param sender sends one
	 */
	public static void send(int total, int eachTick, Sender sender) {
		long start = System.nanoTime();
		int sent = 0;
		for (long tick = 0; sent < total; tick++) {
			long due = start + tick * TICK;
			long now = Pauses.until(due);
			long countsFrom = (now - due > TIMER_SLACK) ? due : now;
			int last = Math.min(total, sent + eachTick);
			for (; sent < last; sent++) {
				sender.send(sent, countsFrom);
			}
		}
	}

	/**
	 * Sends one message.
	 */
	@FunctionalInterface
	public interface Sender {

		void send(int number, long due);

	}

}
