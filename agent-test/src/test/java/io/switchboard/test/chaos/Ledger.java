package io.switchboard.test.chaos;

import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.switchboard.AgentPath;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;

/**
 * Counts what happens, so that it can be seen at the end whether it adds up.
 */
final class Ledger implements AgentEventListener {

	final AtomicLong ids = new AtomicLong();

	/**
	 * Everything that must not be, in words.
	 */
	final Queue<String> faults = new ConcurrentLinkedQueue<>();

	/**
	 * Orders that got into a mailbox.
	 */
	final AtomicInteger accepted = new AtomicInteger();

	/**
	 * Orders that came to a handler.
	 */
	final AtomicInteger handled = new AtomicInteger();

	final AtomicInteger asked = new AtomicInteger();

	final AtomicInteger answered = new AtomicInteger();

	final AtomicInteger failed = new AtomicInteger();

	/**
	 * Publishers of handlers that have been subscribed and have not ended.
	 */
	final AtomicInteger subscriptions = new AtomicInteger();

	/**
	 * Accepted orders that reached nobody.
	 */
	final AtomicInteger lost = new AtomicInteger();

	/**
	 * Lives that were ended by force.
	 */
	final AtomicInteger killed = new AtomicInteger();

	final AtomicInteger restarts = new AtomicInteger();

	final AtomicInteger startsFailed = new AtomicInteger();

	private final Set<Long> seen = ConcurrentHashMap.newKeySet();

	private final Map<AgentPath, AtomicInteger> lives = new ConcurrentHashMap<>();

	/**
	 * A message is being handled.
	 * @param order the message
	 * @param path by whom
	 */
	void handling(Order order, AgentPath path) {
		if (!this.seen.add(order.id())) {
			this.faults.add("message %d handled twice, the second time by %s".formatted(order.id(), path));
		}
		this.handled.incrementAndGet();
	}

	/**
	 * How many lives have begun at a path and not ended.
	 * @param path the path
	 * @return the number
	 */
	int livesAt(AgentPath path) {
		AtomicInteger count = this.lives.get(path);
		return (count != null) ? count.get() : 0;
	}

	@Override
	public void onEvent(AgentEvent event) {
		if (event instanceof AgentEvent.Started) {
			begun(event.path());
		}
		else if (event instanceof AgentEvent.Restarted) {
			this.restarts.incrementAndGet();
			begun(event.path());
		}
		else if (event instanceof AgentEvent.Exited exited) {
			if (exited.reason().kind().equals("killed")) {
				this.killed.incrementAndGet();
			}
			count(event.path()).decrementAndGet();
		}
		else if (event instanceof AgentEvent.StartFailed) {
			this.startsFailed.incrementAndGet();
		}
		else if (event instanceof AgentEvent.DeadLetter letter && letter.result() == SendResult.ACCEPTED
				&& letter.messageType() == Order.class) {
			this.lost.incrementAndGet();
		}
	}

	private void begun(AgentPath path) {
		int now = count(path).incrementAndGet();
		if (now > 1) {
			this.faults.add("%d lives at %s at once".formatted(now, path));
		}
	}

	private AtomicInteger count(AgentPath path) {
		return this.lives.computeIfAbsent(path, (unseen) -> new AtomicInteger());
	}

}
