package io.switchboard.runtime;

import java.util.concurrent.atomic.AtomicBoolean;

import io.switchboard.AgentPath;
import io.switchboard.StreamElement;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Somebody who receives a stream of answers, at their own pace. What they have asked for
 * and not received is kept here, as the work may begin late, or in a second handler after
 * the first has put the message aside.
 *
 * @param <R> the type of the elements
 */
final class PendingStream<R> implements ReplyTarget, Subscription {

	private final Object lock = new Object();

	private final AtomicBoolean over = new AtomicBoolean();

	private final CoreSubscriber<R> receiver;

	private final AgentPath path;

	private final Class<R> elementType;

	private @Nullable Subscription work;

	private long wanted;

	/**
	 * How many elements were received that each life says again.
	 */
	private long told;

	/**
	 * How many of these the current life has yet to say again.
	 */
	private long behind;

	PendingStream(CoreSubscriber<? super R> receiver, AgentPath path, Class<R> elementType) {
		// elements come from the handler's thread, the end perhaps from the runtime's
		this.receiver = Operators.serialize(receiver);
		this.path = path;
		this.elementType = elementType;
	}

	@Override
	public void attach(Subscription handler) {
		long due;
		synchronized (this.lock) {
			this.work = handler;
			this.behind = this.told;
			due = this.wanted;
		}
		if (this.over.get()) {
			handler.cancel();
		}
		else if (due > 0) {
			Telling.want(handler, due);
		}
	}

	@Override
	public boolean takesAll() {
		return false;
	}

	@Override
	public void next(Subscription handler, Object element) {
		if (this.over.get()) {
			return;
		}
		if (!this.elementType.isInstance(element)) {
			fail(new ClassCastException("Agent '%s' answered with %s, but %s was asked for".formatted(this.path,
					element.getClass().getName(), this.elementType.getName())));
			cancelWork();
			return;
		}
		boolean heard;
		synchronized (this.lock) {
			if (handler != this.work) {
				// another life has begun, which says it as well
				return;
			}
			heard = isHeard(element);
			if (!heard && this.wanted > 0 && this.wanted != Long.MAX_VALUE) {
				this.wanted--;
			}
		}
		if (heard) {
			// in place of the one that is dropped
			request(0, 1);
			return;
		}
		boolean last = element instanceof StreamElement known && known.last();
		// before it is told: meanwhile another life may come to tell it as well
		if (last && !this.over.compareAndSet(false, true)) {
			return;
		}
		Telling.next(this.receiver, this.elementType.cast(element));
		if (last) {
			Telling.complete(this.receiver);
		}
	}

	private boolean isHeard(Object element) {
		if (!(element instanceof StreamElement known) || !known.again()) {
			return false;
		}
		if (this.behind > 0) {
			this.behind--;
			return true;
		}
		this.told++;
		return false;
	}

	@Override
	public void complete() {
		if (this.over.compareAndSet(false, true)) {
			Telling.complete(this.receiver);
		}
	}

	@Override
	public void answer(Object answer) {
		attach(new Promised(answer));
	}

	@Override
	public void fail(Throwable cause) {
		if (this.over.compareAndSet(false, true)) {
			Telling.error(this.receiver, cause);
		}
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			request(n, n);
		}
	}

	private void request(long more, long ofWork) {
		Subscription handler;
		synchronized (this.lock) {
			this.wanted = Operators.addCap(this.wanted, more);
			handler = this.work;
		}
		if (handler != null) {
			Telling.want(handler, ofWork);
		}
	}

	@Override
	public void cancel() {
		if (this.over.compareAndSet(false, true)) {
			cancelWork();
		}
	}

	private void cancelWork() {
		Subscription handler;
		synchronized (this.lock) {
			handler = this.work;
		}
		if (handler != null) {
			handler.cancel();
		}
	}

	@Override
	public boolean isAbandoned() {
		return this.over.get();
	}

	@Override
	public Context context() {
		return this.receiver.currentContext();
	}

	/**
	 * One answer that is there before it is asked for.
	 */
	private final class Promised implements Subscription {

		private final AtomicBoolean given = new AtomicBoolean();

		private final Object answer;

		Promised(Object answer) {
			this.answer = answer;
		}

		@Override
		public void request(long n) {
			if (this.given.compareAndSet(false, true)) {
				next(this, this.answer);
				complete();
			}
		}

		@Override
		public void cancel() {
			this.given.set(true);
		}

	}

}
