package io.switchboard.runtime;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;

/**
 * Gives a supervisor its notes to restart a child, at once or after a wait.
 */
final class RestartTimers {

	private final DefaultAgentSystem system;

	private final ChildReports reports;

	private final ChildNews news;

	RestartTimers(DefaultAgentSystem system, ChildReports reports, ChildNews news) {
		this.system = system;
		this.reports = reports;
		this.news = news;
	}

	void start(SupervisorCommand.RetryLater retry) {
		Child child = retry.child();
		SupervisorInput.Retry note = new SupervisorInput.Retry(child, child.incarnation);
		BackOff backOff = child.backOff();
		if (backOff == null || retry.delay().isZero()) {
			this.reports.report(note);
			return;
		}
		Disposable timer = this.system.scheduler()
			.schedule(() -> this.reports.report(note), Nanos.of(retry.delay()), TimeUnit.NANOSECONDS);
		BackOff.Wait wait = new BackOff.Wait(this.system.now().plus(retry.delay()), timer);
		backOff.wait = wait;
		this.news.restartDelayed(retry, wait.until());
	}

	void cancel(SupervisorCommand.CancelRetry cancelled) {
		cancelled.pending().timer().dispose();
	}

	/**
	 * How much is taken off a wait.
	 * @return a random number from zero to one
	 */
	static double random() {
		return ThreadLocalRandom.current().nextDouble();
	}

}
