package io.switchboard.test.provider;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * What a connection still has to send, and what it does after that.
 */
final class Outbox {

	private final Deque<ByteBuffer> waiting = new ArrayDeque<>();

	private @Nullable Runnable whenEmpty;

	void add(byte[] bytes) {
		this.waiting.add(ByteBuffer.wrap(bytes));
	}

	/**
	 * Sends as much as the network takes now.
	 * @param channel where to
	 * @return whether nothing is left
	 * @throws IOException when the other side is gone
	 */
	boolean writeTo(SocketChannel channel) throws IOException {
		while (!this.waiting.isEmpty()) {
			ByteBuffer next = this.waiting.element();
			channel.write(next);
			if (next.hasRemaining()) {
				return false;
			}
			this.waiting.remove();
		}
		return true;
	}

	/**
	 * Does something as soon as nothing is left: now, or in {@link #emptied()}.
	 * @param action what to do
	 */
	void whenEmpty(Runnable action) {
		if (this.waiting.isEmpty()) {
			action.run();
		}
		else {
			this.whenEmpty = action;
		}
	}

	void emptied() {
		Runnable action = this.whenEmpty;
		this.whenEmpty = null;
		if (action != null) {
			action.run();
		}
	}

	void clear() {
		this.waiting.clear();
		this.whenEmpty = null;
	}

}
