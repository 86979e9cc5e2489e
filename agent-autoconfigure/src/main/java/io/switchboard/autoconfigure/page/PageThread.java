package io.switchboard.autoconfigure.page;

import reactor.core.scheduler.Scheduler;

/**
 * The one thread that reads the tree for all browsers, so that looking cannot cost more
 * than one processor.
 *
 * @param scheduler the thread
 */
record PageThread(Scheduler scheduler) {

	void stop() {
		this.scheduler.dispose();
	}

}
