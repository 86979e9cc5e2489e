package io.switchboard.runtime;

import java.util.function.Supplier;

import io.switchboard.AgentPath;
import io.switchboard.Tasks;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Shutdown;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Tasks as an application runs them: all that agents can do, and tasks that are
 * restarted.
 *
 * @since 0.1.0
 */
public interface TaskSupervisorRef extends Tasks {

	@Override
	TaskSupervisorRef named(String label);

	/**
	 * Start a task that nobody waits for, and let its supervisor look after it.
	 * <p>
	 * A permanent task is run again when it is done, a transient one when it has failed,
	 * both within the supervisor's restart budget. To end it, terminate the child.
	 * @param restart which of its ends are answered with a restart
	 * @param shutdown how it ends with its supervisor: a task does not wait for anything,
	 * so this only decides whether it is told to shut down or killed
	 * @param work makes the work; called once for each life of the task
	 * @return the path of the task, once it is started
	 */
	Mono<AgentPath> startChild(Restart restart, Shutdown shutdown, Supplier<? extends Publisher<?>> work);

}
