package io.switchboard.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * What one life has before it besides messages and timers. Most lives have none.
 */
final class Agenda {

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<Agenda, @Nullable Set> OWED = AtomicReferenceFieldUpdater
		.newUpdater(Agenda.class, Set.class, "owed");

	/**
	 * What to send when there is nothing to do.
	 */
	volatile @Nullable Idle idle;

	/**
	 * Ends the life when it has nothing to do, if that is wanted.
	 */
	@Nullable Retirement retirement;

	/**
	 * The answers that this life has promised, once there are some.
	 */
	private volatile @Nullable Set<DeferredReply> owed;

	/**
	 * What waits for the current message to end, if there is something.
	 */
	private @Nullable Queue<Intervention> interventions;

	/**
	 * Let something be done when no message is in hand.
	 * @param intervention what to do
	 */
	void add(Intervention intervention) {
		Queue<Intervention> waiting = this.interventions;
		if (waiting == null) {
			waiting = new ArrayDeque<>();
			this.interventions = waiting;
		}
		waiting.add(intervention);
	}

	@Nullable Intervention nextIntervention() {
		Queue<Intervention> waiting = this.interventions;
		return (waiting != null) ? waiting.poll() : null;
	}

	/**
	 * What waits for the current message to end.
	 * @return all of it
	 */
	Collection<Intervention> interventions() {
		Queue<Intervention> waiting = this.interventions;
		return (waiting != null) ? waiting : List.of();
	}

	void owe(DeferredReply reply) {
		Set<DeferredReply> promised = this.owed;
		if (promised == null) {
			OWED.compareAndSet(this, null, ConcurrentHashMap.newKeySet());
			promised = Objects.requireNonNull(this.owed, "it is never taken away");
		}
		promised.add(reply);
	}

	void settled(DeferredReply reply) {
		Set<DeferredReply> promised = this.owed;
		if (promised != null) {
			promised.remove(reply);
		}
	}

	/**
	 * The answers that this life has promised and not given.
	 * @return the messages they were promised for; they are not owed any more
	 */
	List<Envelope> takeOwed() {
		Set<DeferredReply> promised = this.owed;
		if (promised == null) {
			return List.of();
		}
		List<Envelope> result = new ArrayList<>();
		for (DeferredReply reply : promised) {
			Envelope envelope = reply.abandon();
			if (envelope != null) {
				result.add(envelope);
			}
		}
		promised.clear();
		return result;
	}

}
