package io.switchboard.registry;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;

/**
 * A place in the line for a lock, and then the lock itself. Whatever happens, it is left
 * once.
 */
final class LockTicket implements Disposable {

	private final KeyLocks locks;

	private final Object key;

	private final @Nullable Owner owner;

	private final @Nullable Lifetime lifetime;

	private final MonoSink<LockTicket> turn;

	private final Sinks.Empty<Void> lost = Sinks.empty();

	private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

	/**
	 * Whether there was no line when it came.
	 */
	boolean first;

	LockTicket(KeyLocks locks, Object key, @Nullable Owner owner, @Nullable Lifetime lifetime,
			MonoSink<LockTicket> turn) {
		this.locks = locks;
		this.key = key;
		this.owner = owner;
		this.lifetime = lifetime;
		this.turn = turn;
	}

	Object key() {
		return this.key;
	}

	/**
	 * Fails when the lock is lost, and does nothing else.
	 * @param <T> the type of result that will not come
	 * @return the failure
	 */
	<T> Mono<T> lost() {
		// emptiness would win over the work
		return this.lost.asMono().then(Mono.never());
	}

	/**
	 * End with somebody, unless it is over already.
	 * @param lifetime the one to end with
	 */
	void bind(Lifetime lifetime) {
		lifetime.bind(this);
		if (this.state.get() == State.LEFT) {
			lifetime.unbind(this);
		}
	}

	void grant() {
		if (this.state.compareAndSet(State.WAITING, State.GRANTED)) {
			this.turn.success(this);
		}
	}

	void leave() {
		if (this.state.getAndSet(State.LEFT) != State.LEFT) {
			leaveLine();
		}
	}

	/**
	 * The owner has ended.
	 */
	@Override
	public void dispose() {
		if (this.state.compareAndSet(State.WAITING, State.LEFT)) {
			leaveLine();
			this.locks.runElsewhere(() -> this.turn.error(lossOfOwner()));
		}
		else if (this.state.get() == State.GRANTED) {
			this.locks.runElsewhere(() -> {
				try {
					this.lost.tryEmitError(lossOfOwner());
				}
				finally {
					leave();
				}
			});
		}
	}

	RuntimeException lossOfOwner() {
		return (this.owner != null) ? new OwnerGoneException(this.owner, this.key) : new IllegalStateException(
				"The work under the lock '%s' was given up, because the system has ended".formatted(this.key));
	}

	private void leaveLine() {
		if (this.lifetime != null) {
			this.lifetime.unbind(this);
		}
		this.locks.leave(this);
	}

	/**
	 * How far the ticket has come.
	 */
	private enum State {

		WAITING, GRANTED, LEFT

	}

}
