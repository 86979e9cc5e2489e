package io.switchboard.ai.turn;

import io.switchboard.AgentContext;
import reactor.core.scheduler.Scheduler;

/**
 * Where the parts of a model call happen.
 *
 * @param blocking where it begins and is cancelled: clients and advisors may block their
 * thread in both
 * @param answers where an answer goes on that is read by a thread that nobody may block
 */
record CallSchedulers(Scheduler blocking, Scheduler answers) {

	static CallSchedulers of(AgentContext<?> context) {
		return new CallSchedulers(context.blockingScheduler(), new OffEventLoop(context.scheduler()));
	}

}
