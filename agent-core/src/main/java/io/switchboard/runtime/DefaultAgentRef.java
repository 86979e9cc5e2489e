package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.AskCycleException;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent.DeadLetter;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Addresses a path. It remembers the cell that was there and looks again once that one is
 * closed.
 *
 * @param <M> the type of message
 */
final class DefaultAgentRef<M> implements AgentRef<M> {

	private final DefaultAgentSystem system;

	private final AgentPath path;

	private volatile @Nullable Cell cell;

	DefaultAgentRef(DefaultAgentSystem system, AgentPath path) {
		this.system = system;
		this.path = path;
	}

	@Override
	public AgentPath path() {
		return this.path;
	}

	@Override
	public SendResult tell(M message) {
		Objects.requireNonNull(message, "'message' must not be null");
		return send(new Envelope(message, this.system.nanos()));
	}

	@Override
	public <R> Mono<R> ask(M message, Class<R> replyType) {
		return ask(message, replyType, this.system.askTimeout());
	}

	@Override
	public <R> Mono<R> ask(M message, Class<R> replyType, Duration timeout) {
		Objects.requireNonNull(message, "'message' must not be null");
		Objects.requireNonNull(replyType, "'replyType' must not be null");
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super R> asker) {
				PendingAsk<R> pending = new PendingAsk<>(asker, DefaultAgentRef.this.path, replyType, timeout,
						DefaultAgentRef.this.system.workers());
				asker.onSubscribe(pending);
				if (!isCycle(asker.currentContext(), pending)) {
					pending.startTimer();
					request(message, pending);
				}
			}

		};
	}

	@Override
	public <R> Flux<R> stream(M message, Class<R> elementType) {
		Objects.requireNonNull(message, "'message' must not be null");
		Objects.requireNonNull(elementType, "'elementType' must not be null");
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super R> receiver) {
				PendingStream<R> pending = new PendingStream<>(receiver, DefaultAgentRef.this.path, elementType);
				receiver.onSubscribe(pending);
				if (!isCycle(receiver.currentContext(), pending)) {
					request(message, pending);
				}
			}

		};
	}

	/**
	 * See whether the agent asked is one of those that wait for this very answer.
	 * @param context the asker's context, which tells what the asker is handling
	 * @param target told if so
	 * @return whether the request must not be sent
	 */
	private boolean isCycle(ContextView context, ReplyTarget target) {
		Deque<AgentPath> cycle = new ArrayDeque<>();
		for (HandlerRun run = CallInHand.of(context); run != null; run = run.asker()) {
			cycle.addFirst(run.path());
			if (run.path().equals(this.path)) {
				cycle.addLast(this.path);
				target.fail(new AskCycleException(List.copyOf(cycle)));
				return true;
			}
		}
		return false;
	}

	private void request(Object message, ReplyTarget target) {
		SendResult result = send(new Request(message, target, this.system.nanos()));
		if (!result.isAccepted()) {
			target.fail(Rejections.of(this.path, result, message, this.cell));
		}
	}

	private SendResult send(Envelope envelope) {
		if (this.system.abandoned().drops()) {
			return SendResult.STALE;
		}
		SendResult result = sendTo(envelope);
		if (!result.isAccepted()) {
			this.system.emit(new DeadLetter(this.path, envelope.message().getClass(), result, this.system.now()));
		}
		return result;
	}

	/**
	 * Send to whoever is there, and if that one ends meanwhile, to the next one.
	 * @param envelope the message
	 * @return what became of it
	 */
	SendResult sendTo(Envelope envelope) {
		Cell known = this.cell;
		while (true) {
			if (known instanceof AgentCell agent && !known.isClosed()) {
				SendResult result = agent.send(envelope);
				if (result != SendResult.NO_PROCESS) {
					return result;
				}
			}
			Cell found = this.system.reach(this.path);
			this.cell = found;
			if (found == known || !(found instanceof AgentCell)) {
				return this.system.isStopping() ? SendResult.STOPPING : SendResult.NO_PROCESS;
			}
			known = found;
		}
	}

	@Override
	public String toString() {
		return "AgentRef[" + this.path + "]";
	}

}
