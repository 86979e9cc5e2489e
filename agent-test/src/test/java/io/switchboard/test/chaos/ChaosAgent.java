package io.switchboard.test.chaos;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.switchboard.AgentContext;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.Reply;
import io.switchboard.blocking.OnPurpose;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Does all that an agent can do, well or badly. Its answer is the incarnation that gave
 * it.
 */
final class ChaosAgent implements Behaviour<Object> {

	private final Ledger ledger;

	private final BooleanSupplier calm;

	private final SplittableRandom random;

	private final AtomicBoolean inside = new AtomicBoolean();

	private long stashed = -1;

	ChaosAgent(Ledger ledger, BooleanSupplier calm, long seed) {
		this.ledger = ledger;
		this.calm = calm;
		this.random = new SplittableRandom(seed);
	}

	@Override
	public Mono<Void> onStart(AgentContext<Object> context) {
		int dice = this.calm.getAsBoolean() ? 100 : this.random.nextInt(100);
		if (dice < 2) {
			throw new IllegalStateException("would not start");
		}
		if (dice < 5) {
			return delay(context, 10);
		}
		if (dice == 5) {
			return delay(context, 5).then(Mono.error(new IllegalStateException("would not start after all")));
		}
		if (dice == 6) {
			hold(3);
		}
		return Mono.empty();
	}

	@Override
	public Publisher<?> onMessage(Object message, AgentContext<Object> context) {
		enter(context);
		try {
			return watched(
					(message instanceof Memo memo) ? remember(memo, context) : perform((Order) message, context));
		}
		catch (RuntimeException ex) {
			this.inside.set(false);
			throw ex;
		}
	}

	private Publisher<?> remember(Memo memo, AgentContext<Object> context) {
		if (memo.incarnation() != context.incarnation()) {
			this.ledger.faults.add("%s#%d was sent what its incarnation %d had scheduled".formatted(context.path(),
					context.incarnation(), memo.incarnation()));
		}
		return Mono.empty();
	}

	private Publisher<?> perform(Order order, AgentContext<Object> context) {
		if (order.deed() != Order.Deed.STASH || order.id() == this.stashed) {
			this.ledger.handling(order, context.path());
		}
		return switch (order.deed()) {
			case ANSWER -> Mono.just(context.incarnation());
			case ANSWER_LATER -> delay(context, 3).thenReturn(context.incarnation());
			case DEFER -> {
				Reply reply = context.deferReply();
				context.scheduler().schedule(() -> reply.send(context.incarnation()), 2, TimeUnit.MILLISECONDS);
				yield Mono.empty();
			}
			case BLOCK -> {
				hold(4);
				yield Mono.just(context.incarnation());
			}
			case REMIND -> {
				context.sendAfter(Duration.ofMillis(this.random.nextInt(8)), new Memo(context.incarnation()));
				yield Mono.just(context.incarnation());
			}
			case STASH -> {
				if (this.stashed != order.id()) {
					this.stashed = order.id();
					context.stash();
					context.unstashAll();
				}
				yield Mono.just(context.incarnation());
			}
			case CRASH -> throw new IllegalStateException("crashed as told");
			case CRASH_LATER -> delay(context, 2).then(Mono.error(new IllegalStateException("crashed as told, later")));
			case STOP -> {
				context.stop(ExitReason.normal());
				yield Mono.empty();
			}
		};
	}

	@Override
	public Mono<Void> onStop(ExitReason reason, AgentContext<Object> context) {
		return switch (this.random.nextInt(50)) {
			case 0 -> throw new IllegalStateException("could not clean up");
			case 1 -> Mono.never();
			case 2, 3, 4 -> delay(context, 3);
			default -> Mono.empty();
		};
	}

	private void enter(AgentContext<Object> context) {
		if (!this.inside.compareAndSet(false, true)) {
			this.ledger.faults
				.add("%s#%d handles two messages at once".formatted(context.path(), context.incarnation()));
		}
	}

	private Publisher<?> watched(Publisher<?> work) {
		return Mono.from(work)
			.doOnSubscribe((subscription) -> this.ledger.subscriptions.incrementAndGet())
			.doOnTerminate(() -> this.inside.set(false))
			.doFinally((end) -> this.ledger.subscriptions.decrementAndGet());
	}

	private Mono<Void> delay(AgentContext<Object> context, int upToMillis) {
		return Mono.delay(Duration.ofMillis(1 + this.random.nextInt(upToMillis)), context.scheduler()).then();
	}

	private void hold(int upToMillis) {
		long nanos = Duration.ofMillis(1 + this.random.nextInt(upToMillis)).toNanos();
		OnPurpose.block(() -> LockSupport.parkNanos(nanos));
	}

}
