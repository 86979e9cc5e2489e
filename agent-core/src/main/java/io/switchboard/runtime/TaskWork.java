package io.switchboard.runtime;

import java.util.concurrent.Callable;

import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Shutdown;
import org.reactivestreams.Publisher;

/**
 * What a task is to do, and how.
 *
 * @param label what its name begins with
 * @param work makes the work
 * @param blocking whether making it blocks the thread
 * @param restart which of its ends are answered with a restart
 * @param shutdown whether it is told to stop or killed
 */
record TaskWork(String label, Callable<? extends Publisher<?>> work, boolean blocking, Restart restart,
		Shutdown shutdown) {

	private static final Shutdown AT_ONCE = Shutdown.infinite();

	TaskWork(String label, Callable<? extends Publisher<?>> work, boolean blocking) {
		this(label, work, blocking, Restart.TEMPORARY, AT_ONCE);
	}

	AgentSpec<Object> specify(TaskRun run) {
		return AgentSpec.builder(run.path().name(), Object.class, new TaskFactory(this.work, run))
			.restart(this.restart)
			.shutdown(this.shutdown)
			.blocking(this.blocking)
			.build();
	}

}
