package io.switchboard.runtime;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.switchboard.AgentPath;
import io.switchboard.AskTimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Somebody who waits for one answer. Whatever comes first, answer, failure, time-out or
 * cancellation, is final; the rest is dropped.
 *
 * @param <R> the type of the answer
 */
final class PendingAsk<R> implements ReplyTarget, Subscription {

	private static final int WAITING = 0;

	private static final int REQUESTED = 1;

	private static final int ANSWERED = 2;

	private static final int DONE = 3;

	private final CoreSubscriber<? super R> asker;

	private final AgentPath path;

	private final Class<R> replyType;

	private final AtomicInteger state = new AtomicInteger(WAITING);

	private volatile @Nullable Object latest;

	private volatile @Nullable Disposable timer;

	PendingAsk(CoreSubscriber<? super R> asker, AgentPath path, Class<R> replyType) {
		this.asker = asker;
		this.path = path;
		this.replyType = replyType;
	}

	void failAfter(Duration timeout, Scheduler scheduler) {
		try {
			this.timer = scheduler.schedule(() -> fail(new AskTimeoutException(this.path, timeout)), Nanos.of(timeout),
					TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// the system has given back its threads; whoever asks is told at once
			return;
		}
		if (this.state.get() == DONE) {
			stopTimer();
		}
	}

	@Override
	public void attach(Subscription work) {
		work.request(Long.MAX_VALUE);
	}

	@Override
	public void next(Object element) {
		this.latest = element;
	}

	@Override
	public void complete() {
		Object answer = this.latest;
		if (answer == null) {
			if (endUnanswered()) {
				stopTimer();
				this.asker.onComplete();
			}
		}
		else if (!this.replyType.isInstance(answer)) {
			fail(new ClassCastException("Agent '%s' answered with %s, but %s was asked for".formatted(this.path,
					answer.getClass().getName(), this.replyType.getName())));
		}
		else if (this.state.compareAndSet(WAITING, ANSWERED)) {
			stopTimer();
		}
		else if (this.state.compareAndSet(REQUESTED, DONE)) {
			stopTimer();
			deliver(answer);
		}
	}

	@Override
	public void answer(Object answer) {
		next(answer);
		complete();
	}

	private void deliver(Object answer) {
		this.asker.onNext(this.replyType.cast(answer));
		this.asker.onComplete();
	}

	@Override
	public void fail(Throwable cause) {
		if (endUnanswered()) {
			stopTimer();
			this.asker.onError(cause);
		}
	}

	private boolean endUnanswered() {
		return this.state.compareAndSet(REQUESTED, DONE) || this.state.compareAndSet(WAITING, DONE)
				|| this.state.compareAndSet(REQUESTED, DONE);
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n) && !this.state.compareAndSet(WAITING, REQUESTED)) {
			Object answer = this.latest;
			if (this.state.compareAndSet(ANSWERED, DONE) && answer != null) {
				deliver(answer);
			}
		}
	}

	@Override
	public void cancel() {
		if (this.state.getAndSet(DONE) != DONE) {
			stopTimer();
		}
	}

	@Override
	public boolean isAbandoned() {
		return false;
	}

	@Override
	public Context context() {
		return this.asker.currentContext();
	}

	private void stopTimer() {
		Disposable armed = this.timer;
		if (armed != null) {
			armed.dispose();
		}
	}

}
