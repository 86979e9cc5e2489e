package io.switchboard.runtime;

import java.util.concurrent.atomic.AtomicBoolean;

import io.switchboard.AgentPath;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Operators.DeferredSubscription;
import reactor.util.context.Context;

/**
 * Somebody who receives a stream of answers, at their own pace.
 *
 * @param <R> the type of the elements
 */
final class PendingStream<R> implements ReplyTarget, Subscription {

	private final DeferredSubscription work = new DeferredSubscription();

	private final AtomicBoolean over = new AtomicBoolean();

	private final CoreSubscriber<R> receiver;

	private final AgentPath path;

	private final Class<R> elementType;

	PendingStream(CoreSubscriber<? super R> receiver, AgentPath path, Class<R> elementType) {
		// elements come from the handler's thread, the end perhaps from the runtime's
		this.receiver = Operators.serialize(receiver);
		this.path = path;
		this.elementType = elementType;
	}

	@Override
	public void attach(Subscription handler) {
		this.work.set(handler);
	}

	@Override
	public void next(Object element) {
		if (this.over.get()) {
			return;
		}
		if (!this.elementType.isInstance(element)) {
			fail(new ClassCastException("Agent '%s' answered with %s, but %s was asked for".formatted(this.path,
					element.getClass().getName(), this.elementType.getName())));
			this.work.cancel();
			return;
		}
		this.receiver.onNext(this.elementType.cast(element));
	}

	@Override
	public void complete() {
		if (this.over.compareAndSet(false, true)) {
			this.receiver.onComplete();
		}
	}

	@Override
	public void fail(Throwable cause) {
		if (this.over.compareAndSet(false, true)) {
			this.receiver.onError(cause);
		}
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			this.work.request(n);
		}
	}

	@Override
	public void cancel() {
		if (this.over.compareAndSet(false, true)) {
			this.work.cancel();
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

}
