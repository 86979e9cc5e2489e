package io.switchboard.test.model;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The steps that are left, handed out one a call.
 */
final class StepQueue {

	private final Object lock = new Object();

	private final int scripted;

	private final List<ScriptStep> left;

	StepQueue(List<ScriptStep> steps) {
		this.scripted = steps.size();
		this.left = new ArrayList<>(steps);
	}

	ScriptStep take(ScriptedCall call) {
		synchronized (this.lock) {
			for (Iterator<ScriptStep> steps = this.left.iterator(); steps.hasNext();) {
				ScriptStep step = steps.next();
				if (step.condition().test(call.prompt())) {
					if (!step.repeated()) {
						steps.remove();
					}
					return step;
				}
			}
			throw new ScriptExhaustedException(call.number(), this.scripted, this.left.size(), call.prompt());
		}
	}

	/**
	 * How many steps are still due. A repeated step is never due: it has no last call.
	 * @return the number of steps
	 */
	int due() {
		synchronized (this.lock) {
			return (int) this.left.stream().filter((step) -> !step.repeated()).count();
		}
	}

}
