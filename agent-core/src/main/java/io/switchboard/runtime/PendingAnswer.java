package io.switchboard.runtime;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.ContextView;

/**
 * Somebody who waits for what a supervisor has to say. As a task it is the telling, which
 * runs code that is not ours.
 *
 * @param <T> the type of the answer
 */
final class PendingAnswer<T> implements Subscription, Runnable {

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<PendingAnswer> PROGRESS = AtomicIntegerFieldUpdater
		.newUpdater(PendingAnswer.class, "progress");

	private static final int WAITING = 0;

	private static final int REQUESTED = 1;

	private static final int ANSWERED = 2;

	private static final int DONE = 3;

	private final CoreSubscriber<? super T> asker;

	private volatile int progress = WAITING;

	/**
	 * Written before the task is handed over.
	 */
	private @Nullable T answer;

	/**
	 * Written before the task is handed over.
	 */
	private @Nullable Throwable failure;

	private PendingAnswer(CoreSubscriber<? super T> asker) {
		this.asker = asker;
	}

	/**
	 * Ask whenever somebody subscribes.
	 * @param question asks; what it throws is the answer
	 * @param <T> the type of the answer
	 * @return the answer
	 */
	static <T> Mono<T> to(Consumer<PendingAnswer<T>> question) {
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super T> asker) {
				PendingAnswer<T> pending = new PendingAnswer<>(asker);
				asker.onSubscribe(pending);
				try {
					question.accept(pending);
				}
				catch (Throwable ex) {
					Fatal.tell(ex);
					pending.fail(ex);
				}
			}

		};
	}

	/**
	 * What whoever asks carries along.
	 * @return the context
	 */
	ContextView context() {
		return this.asker.currentContext();
	}

	/**
	 * Set what is told when this is run.
	 * @param said the answer, or {@code null} if there is nothing to say but that it is
	 * done
	 * @return the telling
	 */
	Runnable answered(@Nullable T said) {
		this.answer = said;
		return this;
	}

	/**
	 * Set what is told when this is run.
	 * @param cause why there is no answer
	 * @return the telling
	 */
	Runnable failed(Throwable cause) {
		this.failure = cause;
		return this;
	}

	/**
	 * Tell at once that there will be no answer.
	 * @param cause why
	 */
	void fail(Throwable cause) {
		if (end()) {
			this.asker.onError(cause);
		}
	}

	/**
	 * Whether nobody waits any more.
	 * @return {@code true} if the answer was told, or is not wanted
	 */
	boolean isOver() {
		return this.progress == DONE;
	}

	private boolean end() {
		return this.progress != DONE && PROGRESS.getAndSet(this, DONE) != DONE;
	}

	@Override
	public void run() {
		Throwable cause = this.failure;
		T said = this.answer;
		if (cause != null) {
			fail(cause);
		}
		else if (said == null) {
			if (end()) {
				this.asker.onComplete();
			}
		}
		else if (!PROGRESS.compareAndSet(this, WAITING, ANSWERED) && PROGRESS.compareAndSet(this, REQUESTED, DONE)) {
			deliver(said);
		}
	}

	private void deliver(T said) {
		this.asker.onNext(said);
		this.asker.onComplete();
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n) && !PROGRESS.compareAndSet(this, WAITING, REQUESTED)) {
			T said = this.answer;
			if (said != null && PROGRESS.compareAndSet(this, ANSWERED, DONE)) {
				deliver(said);
			}
		}
	}

	@Override
	public void cancel() {
		this.progress = DONE;
	}

}
