package io.switchboard.registry;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * A line of tickets per key; the first in line holds the lock.
 */
final class KeyLocks {

	private final Residents residents;

	private final ConcurrentMap<Object, Deque<LockTicket>> lines = new ConcurrentHashMap<>();

	KeyLocks(Residents residents) {
		this.residents = residents;
	}

	<T> Mono<T> withLock(Object key, @Nullable Owner owner, Mono<T> work) {
		Objects.requireNonNull(key, "'key' must not be null");
		Objects.requireNonNull(work, "'work' must not be null");
		Mono<LockTicket> turn = Mono.create((sink) -> standInLine(key, owner, sink));
		return Mono.usingWhen(turn, (ticket) -> Mono.firstWithSignal(ticket.<T>lost(), work),
				(ticket) -> Mono.fromRunnable(ticket::leave));
	}

	private void standInLine(Object key, @Nullable Owner owner, MonoSink<LockTicket> sink) {
		Lifetime lifetime = (owner != null) ? this.residents.find(owner) : this.residents.system();
		LockTicket ticket = new LockTicket(this, key, owner, lifetime, sink);
		if (lifetime == null) {
			sink.error(ticket.lossOfOwner());
			return;
		}
		Deque<LockTicket> line = this.lines.compute(key, (same, others) -> {
			Deque<LockTicket> joined = (others != null) ? others : new ArrayDeque<>(2);
			joined.add(ticket);
			ticket.first = joined.size() == 1;
			return joined;
		});
		Objects.requireNonNull(line, "there is a line now");
		sink.onCancel(ticket::leave);
		ticket.bind(lifetime);
		if (ticket.first) {
			ticket.grant();
		}
	}

	/**
	 * Take a ticket out of its line, and let the next one have the lock if it was the
	 * first.
	 * @param ticket the ticket
	 */
	void leave(LockTicket ticket) {
		@Nullable LockTicket[] next = new LockTicket[1];
		this.lines.computeIfPresent(ticket.key(), (key, line) -> {
			boolean held = line.peek() == ticket;
			line.remove(ticket);
			next[0] = held ? line.peek() : null;
			return line.isEmpty() ? null : line;
		});
		LockTicket first = next[0];
		if (first != null) {
			// its work is not ours, nor that of the one who leaves
			this.residents.runElsewhere(first::grant);
		}
	}

	void runElsewhere(Runnable code) {
		this.residents.runElsewhere(code);
	}

}
