package io.switchboard.autoconfigure;

import java.util.List;
import java.util.concurrent.CompletionException;

import io.switchboard.ExitReason;
import io.switchboard.runtime.AgentSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the agents with the application and stops them with it.
 * <p>
 * The phase lies below those of the web server and of message listeners: they start
 * later, and stop to take work before the agents do, so that every request finds its
 * agent. Plain beans are there before and go after.
 */
final class AgentSystemLifecycle implements SmartLifecycle, DisposableBean {

	/** 1024 below the phase in which Spring Boot's web server starts and stops. */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 3072;

	private static final Logger logger = LoggerFactory.getLogger(AgentSystem.class);

	private final AgentSystem system;

	private final List<AgentSource> sources;

	private final RootExitAction onRootExit;

	private final ConfigurableApplicationContext context;

	private final Disposable.Swap watch = Disposables.swap();

	private final Disposable.Swap stop = Disposables.swap();

	private volatile boolean running;

	private volatile boolean stopping;

	AgentSystemLifecycle(AgentSystem system, List<AgentSource> sources, RootExitAction onRootExit,
			ConfigurableApplicationContext context) {
		this.system = system;
		this.sources = sources;
		this.onRootExit = onRootExit;
		this.context = context;
	}

	@Override
	public void start() {
		if (this.stopping) {
			throw new IllegalStateException(
					"The agents were stopped and cannot be started again: create a new application context");
		}
		this.sources.forEach(AgentSource::prepare);
		await(this.system.start());
		this.running = true;
		if (logger.isInfoEnabled()) {
			logger.info("Agents are up:{}{}", System.lineSeparator(), this.system.tree().render());
		}
		this.watch.update(this.system.whenTerminated().subscribe(this::rootEnded));
	}

	private static void await(Mono<Void> work) {
		try {
			work.toFuture().join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	private void rootEnded(ExitReason reason) {
		if (this.stopping) {
			return;
		}
		if (this.onRootExit == RootExitAction.STAY) {
			logger.error("The root supervisor has ended by itself ({}), and no agent runs any more. The application "
					+ "stays up without them; set 'switchboard.on-root-exit' to 'close-context' to end it instead",
					reason, reason.cause());
			return;
		}
		logger.error("The root supervisor has ended by itself ({}), and no agent runs any more. "
				+ "The application context is closed", reason, reason.cause());
		// Closing waits for the agents' own threads, and this is one of them
		new Thread(this.context::close, "switchboard-close-context").start();
	}

	@Override
	public void stop() {
		this.stopping = true;
		await(this.system.stop());
		this.running = false;
	}

	@Override
	public void stop(Runnable callback) {
		this.stopping = true;
		this.stop.update(this.system.stop().doFinally((signal) -> {
			this.running = false;
			callback.run();
		}).subscribe((nothing) -> {
		}, this::notStopped));
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Agents cannot pause: a stop is for good.
	 */
	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/**
	 * Give back the threads if another bean failed before the agents were started.
	 */
	@Override
	public void destroy() {
		if (!this.stopping) {
			this.stopping = true;
			this.stop.update(this.system.stop().subscribe((nothing) -> {
			}, this::notStopped));
		}
	}

	private void notStopped(Throwable failure) {
		logger.error("The agents did not stop in order", failure);
	}

}
