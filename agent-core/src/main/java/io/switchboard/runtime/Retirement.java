package io.switchboard.runtime;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.switchboard.ExitReason;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * Ends a life that has had nothing to do for a while. One timer goes on as long as the
 * life rests now and then, and looks again where there was something to do meanwhile.
 * Confined to the agent's lane.
 */
final class Retirement {

	private final Incarnation life;

	private final AgentCell cell;

	private final long limit;

	private boolean rests;

	private long restsSince;

	private @Nullable Disposable timer;

	Retirement(Incarnation life, Duration limit) {
		this.life = life;
		this.cell = life.cell();
		this.limit = Nanos.of(limit);
	}

	/**
	 * See what the life is about to do.
	 * @param envelope its next message, or {@code null} if there is none
	 */
	void next(@Nullable Envelope envelope) {
		if (envelope != null) {
			this.rests = false;
			return;
		}
		if (!this.rests) {
			this.rests = true;
			this.restsSince = this.cell.system.nanos();
		}
		if (this.timer == null) {
			look(this.limit);
		}
	}

	private void look(long nanos) {
		this.timer = this.cell.system.scheduler()
			.schedule(() -> this.cell.signal(this::elapsed), nanos, TimeUnit.NANOSECONDS);
	}

	private void elapsed(AgentLoop loop) {
		this.timer = null;
		if (!this.life.takesMessages() || this.life.suspended || this.cell.waiting() > 0) {
			// when it rests again the time begins anew
			return;
		}
		long left = this.limit - (this.cell.system.nanos() - this.restsSince);
		if (left > 0) {
			look(left);
		}
		else {
			loop.stopWhenIdle(this.life, ExitReason.normal());
		}
	}

	void cancel() {
		if (this.timer != null) {
			this.timer.dispose();
		}
	}

}
