package io.switchboard.runtime;

import java.util.ArrayDeque;
import java.util.Deque;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

/**
 * Messages that an agent has put aside, and those that it wants back before the mailbox.
 * A handler that runs on many threads may call it from any of them.
 */
final class Stash {

	private final Object lock = new Object();

	private final AgentPath path;

	private final int capacity;

	private @Nullable Deque<Envelope> aside;

	private @Nullable Deque<Envelope> released;

	Stash(AgentPath path, int capacity) {
		this.path = path;
		this.capacity = capacity;
	}

	void add(Envelope envelope) {
		synchronized (this.lock) {
			if (this.aside == null) {
				this.aside = new ArrayDeque<>();
			}
			if (this.aside.size() >= this.capacity) {
				throw new IllegalStateException(
						"Agent '%s' has put aside %d messages, as many as its mailbox may hold; unstash them first"
							.formatted(this.path, this.capacity));
			}
			this.aside.add(envelope);
		}
	}

	/**
	 * Let all that was put aside be handled before what waits in the mailbox.
	 */
	void release() {
		synchronized (this.lock) {
			if (this.aside == null || this.aside.isEmpty()) {
				return;
			}
			if (this.released == null) {
				this.released = this.aside;
			}
			else {
				while (!this.aside.isEmpty()) {
					this.released.addFirst(this.aside.removeLast());
				}
			}
			this.aside = null;
		}
	}

	/**
	 * Let a message that was in hand be handled before all others.
	 * @param envelope the message, which takes no room here
	 */
	void giveBack(Envelope envelope) {
		synchronized (this.lock) {
			release();
			if (this.released == null) {
				this.released = new ArrayDeque<>();
			}
			this.released.addFirst(envelope);
		}
	}

	@Nullable Envelope poll() {
		synchronized (this.lock) {
			Envelope envelope = (this.released != null) ? this.released.poll() : null;
			if (this.released != null && this.released.isEmpty()) {
				this.released = null;
			}
			return envelope;
		}
	}

}
