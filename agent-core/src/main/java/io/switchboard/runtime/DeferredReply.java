package io.switchboard.runtime;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import io.switchboard.Reply;
import org.jspecify.annotations.Nullable;

/**
 * An answer that outlives its handler, but not its incarnation.
 */
final class DeferredReply implements Reply {

	private final AtomicBoolean given = new AtomicBoolean();

	private final Incarnation life;

	private final Envelope envelope;

	DeferredReply(Incarnation life, Envelope envelope) {
		this.life = life;
		this.envelope = envelope;
	}

	@Override
	public boolean send(Object answer) {
		Objects.requireNonNull(answer, "'answer' must not be null");
		ReplyTarget target = this.envelope.replyTo();
		if (!take() || target == null) {
			return false;
		}
		this.life.answered(this.envelope);
		target.answer(answer);
		return true;
	}

	@Override
	public boolean fail(Throwable cause) {
		Objects.requireNonNull(cause, "'cause' must not be null");
		if (!take()) {
			return false;
		}
		this.envelope.fail(cause);
		return this.envelope.replyTo() != null;
	}

	/**
	 * The life that owes the answer is over.
	 * @return the message, or {@code null} if it was answered
	 */
	@Nullable Envelope abandon() {
		return this.given.compareAndSet(false, true) ? this.envelope : null;
	}

	private boolean take() {
		if (this.given.compareAndSet(false, true)) {
			this.life.settled(this);
			return true;
		}
		if (this.life.isOver()) {
			this.life.dropStale("reply");
		}
		return false;
	}

}
