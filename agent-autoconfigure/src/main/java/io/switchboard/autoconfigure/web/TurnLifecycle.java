package io.switchboard.autoconfigure.web;

import org.springframework.context.SmartLifecycle;

/**
 * Goes on with open turns after the agents were started, and before requests come.
 */
final class TurnLifecycle implements SmartLifecycle {

	/** Between the agents and the web server. */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 2560;

	private final Turns turns;

	private volatile boolean running;

	TurnLifecycle(Turns turns) {
		this.turns = turns;
	}

	@Override
	public void start() {
		this.running = true;
		this.turns.resumption().start();
	}

	@Override
	public void stop() {
		this.running = false;
		this.turns.resumption().stop();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** What was resumed is not resumed again. */
	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
