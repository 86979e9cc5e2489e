package io.switchboard.ai.turn;

import io.switchboard.AgentContext;
import reactor.core.scheduler.Scheduler;

/**
 * Where the parts of a model call happen.
 *
 * @param blocking where it begins and is cancelled, and where an answer goes on that
 * advisors look at: clients and advisors may block their thread in all of these
 * @param answers where an answer goes on that is read by a thread that nobody may block
 * @param clock the time that limits of calls go by
 */
record CallSchedulers(Scheduler blocking, Scheduler answers, Scheduler clock) {

	static CallSchedulers of(AgentContext<?> context) {
		return new CallSchedulers(context.blockingScheduler(), new OffEventLoop(context.scheduler()),
				context.scheduler());
	}

}
