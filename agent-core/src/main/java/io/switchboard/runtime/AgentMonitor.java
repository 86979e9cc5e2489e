package io.switchboard.runtime;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.switchboard.AgentPath;
import io.switchboard.Monitor;
import io.switchboard.Terminated;
import org.jspecify.annotations.Nullable;

/**
 * A watch that a life of an agent keeps. It is tied to that life, too, and ends with it.
 */
final class AgentMonitor implements Monitor, Tie {

	private final AgentCell cell;

	private final long life;

	private final AgentPath path;

	private final Function<Terminated, ?> message;

	private final AtomicReference<State> state = new AtomicReference<>(State.WATCHING);

	private volatile @Nullable LifeWatch watch;

	/**
	 * Make a watch that does not look yet.
	 * @param cell the agent that watches
	 * @param life its life
	 * @param path where it will look
	 * @param message makes the agent's own message of the notice
	 */
	AgentMonitor(AgentCell cell, long life, AgentPath path, Function<Terminated, ?> message) {
		this.cell = cell;
		this.life = life;
		this.path = path;
		this.message = message;
	}

	void begin() {
		this.cell.ties().add(this);
		LifeWatch begun = LifeWatch.begin(this.cell.system.find(this.path), this::told);
		this.watch = begun;
		if (begun == null) {
			told(LifeWatch.nobodyAt(this.path));
		}
		else if (this.state.get() == State.CANCELLED || this.cell.hasEnded(this.life)) {
			// it came to its end before it knew what to end
			begun.end();
			this.cell.untie(this);
		}
	}

	private void told(Terminated end) {
		this.cell.untie(this);
		this.cell.deliver(new Notice(this.cell, this.life, end, this.message, (news) -> decide(State.HANDLED)));
	}

	@Override
	public AgentPath path() {
		return this.path;
	}

	@Override
	public boolean cancel() {
		decide(State.CANCELLED);
		endWatch();
		this.cell.untie(this);
		return this.state.get() == State.CANCELLED;
	}

	private boolean decide(State wanted) {
		return this.state.compareAndSet(State.WATCHING, wanted);
	}

	private void endWatch() {
		LifeWatch begun = this.watch;
		if (begun != null) {
			begun.end();
		}
	}

	@Override
	public long life() {
		return this.life;
	}

	@Override
	public void lifeEnded(Terminated end) {
		endWatch();
	}

	@Override
	public String toString() {
		return "Monitor[" + this.path + "]";
	}

	/**
	 * What is decided about the one notice.
	 */
	private enum State {

		WATCHING, HANDLED, CANCELLED

	}

}
