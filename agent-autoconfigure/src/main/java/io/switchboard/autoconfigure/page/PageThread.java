package io.switchboard.autoconfigure.page;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

import org.springframework.context.SmartLifecycle;

/**
 * The one thread that reads the tree for all browsers, so that looking cannot cost more
 * than one processor. When the application stops it sends the readers away.
 */
final class PageThread implements SmartLifecycle {

	/**
	 * Before the web server waits for its connections to end, which those of open pages
	 * never would.
	 */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

	private final Scheduler scheduler;

	private final Sinks.Many<Boolean> stopping = Sinks.many().replay().latestOrDefault(false);

	private volatile boolean running;

	PageThread(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	Scheduler scheduler() {
		return this.scheduler;
	}

	/**
	 * End what would never end when the application stops, also if it is asked for only
	 * then.
	 * @param source what to end
	 * @return the same, until the application stops
	 */
	<T> Flux<T> untilStop(Flux<T> source) {
		return source.takeUntilOther(this.stopping.asFlux().filter(Boolean::booleanValue));
	}

	@Override
	public void start() {
		this.running = true;
		this.stopping.tryEmitNext(false);
	}

	@Override
	public void stop() {
		this.running = false;
		this.stopping.tryEmitNext(true);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	void dispose() {
		this.scheduler.dispose();
	}

}
