package io.switchboard.registry;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.switchboard.mailbox.Admission;
import io.switchboard.mailbox.Mailbox;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;

/**
 * Hands elements that come from any thread to a subscriber, one at a time, at its pace
 * and on the runtime's executor, so that no sender runs or waits for a subscriber's code.
 *
 * @param <T> the type of the elements
 */
final class Receiver<T> implements Subscription, Disposable {

	/**
	 * Elements handed over in one go before others get their turn.
	 */
	private static final int BATCH = 64;

	private final CoreSubscriber<? super T> subscriber;

	private final String source;

	private final Overflow overflow;

	private final Residents residents;

	private final Dropped<T> dropped;

	private final Mailbox<T> waiting;

	private final AtomicLong requested = new AtomicLong();

	private final AtomicInteger wakeUps = new AtomicInteger();

	private volatile @Nullable Runnable onLeave;

	private volatile boolean cancelled;

	private volatile boolean ended;

	private volatile @Nullable Throwable error;

	/**
	 * Make a receiver that nothing comes to yet.
	 * @param subscriber who receives
	 * @param source what it subscribes to, for messages to people
	 * @param overflow what happens if it does not keep up
	 * @param residents the runtime
	 * @param dropped told of what reaches nobody
	 */
	Receiver(CoreSubscriber<? super T> subscriber, String source, Overflow overflow, Residents residents,
			Dropped<T> dropped) {
		this.subscriber = subscriber;
		this.source = source;
		this.overflow = overflow;
		this.residents = residents;
		this.dropped = dropped;
		this.waiting = new Mailbox<>(overflow.mailbox());
	}

	/**
	 * Begin.
	 * @param join makes elements come
	 * @param leave makes them stop
	 */
	void begin(Runnable join, Runnable leave) {
		this.onLeave = leave;
		this.subscriber.onSubscribe(this);
		join.run();
		this.residents.system().bind(this);
		if (this.cancelled || this.ended) {
			leave();
		}
	}

	/**
	 * Take an element for the subscriber.
	 * @param element the element
	 * @return whether it was taken
	 */
	boolean offer(T element) {
		if (this.ended || this.cancelled) {
			return false;
		}
		boolean taken = this.waiting.offer(element, this.dropped::drop) != Admission.REFUSED;
		if (!taken) {
			this.dropped.drop(element);
			if (this.overflow.policy() == Overflow.Policy.FAIL) {
				end(new SubscriberOverflowException(this.source, this.overflow.capacity()));
			}
		}
		wake();
		return taken;
	}

	/**
	 * The system has ended.
	 */
	@Override
	public void dispose() {
		end(null);
	}

	private void end(@Nullable Throwable cause) {
		if (!this.ended) {
			this.error = cause;
			this.ended = true;
			leave();
			wake();
		}
	}

	private void leave() {
		this.residents.system().unbind(this);
		Runnable leaving = this.onLeave;
		if (leaving != null) {
			leaving.run();
		}
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			this.requested.accumulateAndGet(n, Operators::addCap);
			wake();
		}
	}

	@Override
	public void cancel() {
		this.cancelled = true;
		leave();
		wake();
	}

	private void wake() {
		if (this.wakeUps.getAndIncrement() == 0) {
			dispatch();
		}
	}

	private void dispatch() {
		try {
			this.residents.scheduler().schedule(this::drain);
		}
		catch (RejectedExecutionException ex) {
			// the system has given back its threads; what is left is to tell the end
			drain();
		}
	}

	private void drain() {
		int seen;
		do {
			seen = this.wakeUps.get();
			if (!handOver()) {
				dispatch();
				return;
			}
		}
		while (this.wakeUps.addAndGet(-seen) != 0);
	}

	/**
	 * Hand over what waits and is wanted.
	 * @return {@code false} if there is more, but others should have their turn first
	 */
	private boolean handOver() {
		for (int handled = 0; !this.cancelled; handled++) {
			boolean last = this.ended;
			if (this.waiting.isEmpty()) {
				if (last) {
					this.cancelled = true;
					complete();
				}
				return true;
			}
			if (this.requested.get() == 0) {
				return true;
			}
			if (handled == BATCH) {
				return false;
			}
			T element = this.waiting.poll();
			if (element != null) {
				this.requested.accumulateAndGet(1, (left, taken) -> (left != Long.MAX_VALUE) ? left - taken : left);
				handOver(element);
			}
		}
		while (!this.waiting.isEmpty()) {
			this.waiting.poll();
		}
		return true;
	}

	private void handOver(T element) {
		try {
			this.subscriber.onNext(element);
		}
		catch (Throwable ex) {
			this.cancelled = true;
			leave();
			Exceptions.throwIfFatal(ex);
			Operators.onErrorDropped(ex, this.subscriber.currentContext());
		}
	}

	private void complete() {
		Throwable cause = this.error;
		if (cause != null) {
			this.subscriber.onError(cause);
		}
		else {
			this.subscriber.onComplete();
		}
	}

	/**
	 * Told of elements that reach nobody.
	 *
	 * @param <T> the type of the elements
	 */
	@FunctionalInterface
	interface Dropped<T> {

		void drop(T element);

	}

}
