package io.switchboard.runtime;

/**
 * A message that a life sends itself after a while.
 */
final class SelfTimer extends TimerWheel.Timer {

	private final AgentCell cell;

	private final Incarnation life;

	private final Object message;

	SelfTimer(AgentCell cell, Incarnation life, Object message) {
		this.cell = cell;
		this.life = life;
		this.message = message;
	}

	@Override
	void due() {
		this.life.release(this);
		if (this.life.isOver() || this.cell.isClosed() || this.cell.isFull()) {
			// others are told of that, and their code has no business on this thread
			this.cell.system.workers().execute(this::send);
		}
		else {
			send();
		}
	}

	private void send() {
		if (this.life.isOver()) {
			this.cell.dropStale(this.life, "timer");
		}
		else {
			this.cell.remind(this.life, this.message);
		}
	}

	@Override
	public void dispose() {
		super.dispose();
		this.life.release(this);
	}

}
