package io.switchboard.benchmarks.switchboard;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

import io.switchboard.runtime.StartedChild;
import io.switchboard.runtime.SupervisorRef;
import io.switchboard.supervision.ChildSpec;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Starts children one after the other: the next when the one before is up. Several of
 * these share the work; an operator that does would be part of what is measured.
 */
final class Starts implements CoreSubscriber<StartedChild> {

	private final SupervisorRef supervisor;

	private final IntFunction<? extends ChildSpec> spec;

	private final int step;

	private final int end;

	private final CountDownLatch done;

	private final AtomicReference<@Nullable Throwable> failure;

	private int next;

	/**
	 * Begin to start.
	 * @param supervisor whose children they are
	 * @param spec specifies each by its number
	 * @param numbers the numbers
	 * @param done told when all are up
	 * @param failure takes what went wrong
	 */
	Starts(SupervisorRef supervisor, IntFunction<? extends ChildSpec> spec, Numbers numbers, CountDownLatch done,
			AtomicReference<@Nullable Throwable> failure) {
		this.supervisor = supervisor;
		this.spec = spec;
		this.next = numbers.first();
		this.step = numbers.step();
		this.end = numbers.end();
		this.done = done;
		this.failure = failure;
	}

	void go() {
		if (this.next < this.end) {
			int number = this.next;
			this.next += this.step;
			this.supervisor.startChild(this.spec.apply(number)).subscribe(this);
		}
		else {
			this.done.countDown();
		}
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(StartedChild started) {
		// the end follows
	}

	@Override
	public void onError(Throwable ex) {
		this.failure.set(ex);
		this.done.countDown();
	}

	@Override
	public void onComplete() {
		go();
	}

	/**
	 * Numbers of children.
	 *
	 * @param first the first of them
	 * @param end where they end
	 * @param step from one to the next
	 */
	record Numbers(int first, int end, int step) {

	}

}
