package io.switchboard.runtime;

import java.time.Duration;

import io.switchboard.ExitReason;

/**
 * Sees to it that a start ends in time.
 */
final class StartLimit extends TimerWheel.Timer {

	private final Incarnation life;

	StartLimit(Incarnation life) {
		this.life = life;
	}

	@Override
	void due() {
		// whoever is told runs code that is not ours
		this.life.cell().system.workers().executeUrgent(this::end);
	}

	private void end() {
		if (this.life.decideStart()) {
			AgentCell cell = this.life.cell();
			Duration limit = cell.spec().startTimeout();
			cell.end(this.life.incarnation(),
					ExitReason.crash(new IllegalStateException(
							"Agent '%s' was not ready within its start time-out of %s; start faster, or allow more"
								.formatted(cell.path, limit))));
		}
	}

}
