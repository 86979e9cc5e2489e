package io.switchboard.benchmarks.works;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/**
 * The state of an agent in {@link Work#GC}: a hundred messages of a kibibyte, of which
 * the oldest goes whenever a new one comes.
 */
public final class Churn {

	private static final int KEPT = 100;

	private static final int GARBAGE = 10;

	private static final int BYTES = 1024;

	/**
	 * Where every message can be seen by other threads, so that none is optimised away.
	 */
	@SuppressWarnings("unused")
	private static volatile byte[] latest = new byte[0];

	private final Queue<byte[]> messages = new ArrayDeque<>(KEPT + 1);

	private int turns;

	public Churn(int id) {
		for (int i = 0; i < KEPT; i++) {
			this.messages.add(message(id + i));
		}
	}

	/**
	 * Make garbage, and replace the oldest message.
	 */
	public void turn() {
		for (int i = 0; i < GARBAGE; i++) {
			message(this.turns + i);
		}
		this.messages.remove();
		this.messages.add(message(this.turns++));
	}

	private static byte[] message(int content) {
		byte[] bytes = new byte[BYTES];
		Arrays.fill(bytes, (byte) content);
		latest = bytes;
		return bytes;
	}

}
