package io.switchboard.runtime;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.util.context.Context;

/**
 * One task from its request to its end: takes what the work says, and tells whoever waits
 * once the supervisor has let the task go. What comes first is final: the end, or that
 * nobody wants it any more.
 */
final class TaskRun implements ReplyTarget {

	private final AtomicBoolean over = new AtomicBoolean();

	private final Context context;

	private final @Nullable Incarnation partner;

	/**
	 * Ends the task with its partner.
	 */
	private final Disposable withPartner = this::shutdown;

	private final TaskEnd end;

	private volatile AgentPath path;

	private volatile @Nullable Incarnation life;

	private volatile @Nullable Object latest;

	private volatile boolean completed;

	private volatile @Nullable Throwable failure;

	/**
	 * Prepare a task.
	 * @param path where it is to live
	 * @param context what the caller's subscriber carries along
	 * @param partner the life that the task is tied to, or {@code null} if there is none
	 * @param end whom to tell
	 */
	TaskRun(AgentPath path, Context context, @Nullable Incarnation partner, TaskEnd end) {
		this.path = path;
		this.context = context;
		this.partner = partner;
		this.end = end;
	}

	AgentPath path() {
		return this.path;
	}

	void moveTo(AgentPath path) {
		this.path = path;
	}

	/**
	 * The task's life has begun.
	 * @param life the life
	 * @return whether it is still wanted
	 */
	boolean begin(Incarnation life) {
		this.life = life;
		if (this.over.get()) {
			return false;
		}
		if (this.partner != null) {
			this.partner.link(this.path);
			this.partner.endWith(this.withPartner);
		}
		return true;
	}

	/**
	 * Nobody wants the answer any more: end the task, or do not begin it.
	 */
	void cancel() {
		if (this.over.compareAndSet(false, true)) {
			endLife();
		}
	}

	/**
	 * End the task, and tell those who wait.
	 */
	void shutdown() {
		if (!this.over.get()) {
			endLife();
		}
	}

	private void endLife() {
		Incarnation begun = this.life;
		if (begun != null) {
			if (this.partner != null) {
				// this end is wanted, and no reason for the partner to end
				this.partner.unlink(this.path);
			}
			begun.cell().end(begun.incarnation(), ExitReason.shutdown());
		}
	}

	/**
	 * The task could not be started.
	 * @param ex what stood in the way
	 */
	void refused(Throwable ex) {
		if (this.over.compareAndSet(false, true)) {
			this.end.failed(ex);
		}
	}

	/**
	 * The supervisor has let the task go.
	 * @param reason why its last life ended
	 */
	void closed(ExitReason reason) {
		if (this.partner != null) {
			this.partner.release(this.withPartner);
		}
		if (!this.over.compareAndSet(false, true)) {
			return;
		}
		Throwable error = this.failure;
		if (this.completed) {
			this.end.answered(this.latest);
		}
		else if (error != null) {
			this.end.failed(error);
		}
		else {
			Incarnation begun = this.life;
			this.end.failed(new AgentExitedException(this.path, (begun != null) ? begun.incarnation() : 0, reason));
		}
	}

	@Override
	public void attach(Subscription work) {
		work.request(Long.MAX_VALUE);
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
		this.completed = true;
	}

	@Override
	public void answer(Object answer) {
		this.latest = answer;
		complete();
	}

	@Override
	public void fail(Throwable cause) {
		this.failure = Objects.requireNonNull(cause, "an error has a cause");
	}

	@Override
	public boolean isAbandoned() {
		return this.over.get();
	}

	@Override
	public Context context() {
		return this.context;
	}

}
