package io.switchboard.runtime;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.switchboard.AgentPath;
import io.switchboard.AskTimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Somebody who waits for one answer. Whatever comes first, answer, failure, time-out or
 * cancellation, is final; the rest is dropped.
 *
 * @param <R> the type of the answer
 */
final class PendingAsk<R> extends TimerWheel.Timer implements ReplyTarget, Subscription {

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<PendingAsk> PROGRESS = AtomicIntegerFieldUpdater
		.newUpdater(PendingAsk.class, "progress");

	private static final int WAITING = 0;

	private static final int REQUESTED = 1;

	private static final int ANSWERED = 2;

	private static final int DONE = 3;

	private final CoreSubscriber<? super R> asker;

	private final AgentPath path;

	private final Class<R> replyType;

	private final Duration timeout;

	private final Workers workers;

	private volatile int progress = WAITING;

	/**
	 * Written before the answer is complete.
	 */
	private @Nullable Object latest;

	PendingAsk(CoreSubscriber<? super R> asker, AgentPath path, Class<R> replyType, Duration timeout, Workers workers) {
		this.asker = asker;
		this.path = path;
		this.replyType = replyType;
		this.timeout = timeout;
		this.workers = workers;
	}

	/**
	 * Begin to wait.
	 */
	void startTimer() {
		try {
			this.workers.set(this, this.timeout);
		}
		catch (RejectedExecutionException ex) {
			// the system has given back its threads; whoever asks is told at once
			return;
		}
		if (this.progress == DONE) {
			dispose();
		}
	}

	@Override
	void due() {
		// the asker's code has no business on the timers' thread
		this.workers.execute(() -> fail(new AskTimeoutException(this.path, this.timeout)));
	}

	@Override
	public void attach(Subscription work) {
		Telling.want(work, Long.MAX_VALUE);
	}

	@Override
	public boolean takesAll() {
		return true;
	}

	@Override
	public void next(Subscription work, Object element) {
		this.latest = element;
	}

	@Override
	public void complete() {
		Object answer = this.latest;
		if (answer == null) {
			if (endUnanswered()) {
				dispose();
				Telling.complete(this.asker);
			}
		}
		else if (!this.replyType.isInstance(answer)) {
			fail(new ClassCastException("Agent '%s' answered with %s, but %s was asked for".formatted(this.path,
					answer.getClass().getName(), this.replyType.getName())));
		}
		else if (PROGRESS.compareAndSet(this, WAITING, ANSWERED)) {
			dispose();
		}
		else if (PROGRESS.compareAndSet(this, REQUESTED, DONE)) {
			dispose();
			deliver(answer);
		}
	}

	@Override
	public void answer(Object answer) {
		this.latest = answer;
		complete();
	}

	private void deliver(Object answer) {
		Telling.next(this.asker, this.replyType.cast(answer));
		Telling.complete(this.asker);
	}

	@Override
	public void fail(Throwable cause) {
		if (endUnanswered()) {
			dispose();
			Telling.error(this.asker, cause);
		}
	}

	private boolean endUnanswered() {
		return PROGRESS.compareAndSet(this, REQUESTED, DONE) || PROGRESS.compareAndSet(this, WAITING, DONE)
				|| PROGRESS.compareAndSet(this, REQUESTED, DONE);
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n) && !PROGRESS.compareAndSet(this, WAITING, REQUESTED)) {
			if (PROGRESS.compareAndSet(this, ANSWERED, DONE)) {
				deliver(Objects.requireNonNull(this.latest, "an answer was given"));
			}
		}
	}

	@Override
	public void cancel() {
		if (PROGRESS.getAndSet(this, DONE) != DONE) {
			dispose();
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

}
