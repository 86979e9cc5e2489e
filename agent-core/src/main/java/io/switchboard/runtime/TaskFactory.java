package io.switchboard.runtime;

import java.util.concurrent.Callable;

import io.switchboard.AgentContext;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.supervision.BehaviourFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Makes the behaviour of a task: an agent that sends itself one message, does the work
 * for it and stops. By this factory the runtime knows a task when it sees one.
 */
final class TaskFactory implements BehaviourFactory<Object> {

	private final Callable<? extends Publisher<?>> work;

	private final TaskRun run;

	TaskFactory(Callable<? extends Publisher<?>> work, TaskRun run) {
		this.work = work;
		this.run = run;
	}

	/**
	 * The supervisor has let the task go.
	 * @param cell where it ran
	 * @param reason why its last life ended
	 */
	void closed(AgentCell cell, ExitReason reason) {
		// whoever waits runs their code, and the supervisor has no time for that
		cell.run(() -> this.run.closed(reason));
	}

	@Override
	public Behaviour<Object> create() {
		return new Behaviour<>() {

			@Override
			public Mono<Void> onStart(AgentContext<Object> context) {
				Incarnation life = (Incarnation) context;
				if (!TaskFactory.this.run.begin(life)) {
					return context.ignoreStart();
				}
				AgentCell cell = life.cell();
				cell.send(new Reminder(life, "work", TaskFactory.this.run, cell.system.nanos()));
				return Mono.empty();
			}

			@Override
			public Publisher<?> onMessage(Object message, AgentContext<Object> context) throws Exception {
				context.stop();
				return TaskFactory.this.work.call();
			}

		};
	}

}
