package io.switchboard.registry;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * A subscriber that breaks the rules: it throws.
 */
final class ThrowingSubscriber implements CoreSubscriber<Integer> {

	@Override
	public void onSubscribe(Subscription subscription) {
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(Integer element) {
		throw new IllegalStateException("told to fail");
	}

	@Override
	public void onError(Throwable ex) {
	}

	@Override
	public void onComplete() {
	}

}
