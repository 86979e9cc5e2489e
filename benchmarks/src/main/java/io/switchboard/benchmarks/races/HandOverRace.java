package io.switchboard.benchmarks.races;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import reactor.core.publisher.Mono;

/**
 * An agent goes from thread to thread: one message at a time, none missed, and each sees
 * the state as the one before has left it, in plain fields.
 */
@JCStressTest
@Outcome(id = "4, 0", expect = Expect.ACCEPTABLE, desc = "each handled once, one at a time")
@State
public class HandOverRace {

	private final Stage stage = new Stage((message, context) -> {
		handle();
		return Mono.empty();
	});

	private int handled;

	private boolean inside;

	private int overlaps;

	private void handle() {
		if (this.inside) {
			this.overlaps++;
		}
		this.inside = true;
		this.handled++;
		this.inside = false;
	}

	@Actor
	public void first() {
		this.stage.agent.tell("a");
		this.stage.agent.tell("b");
	}

	@Actor
	public void second() {
		this.stage.agent.tell("c");
		this.stage.agent.tell("d");
	}

	@Arbiter
	public void count(II_Result r) {
		r.r1 = this.handled;
		r.r2 = this.overlaps;
	}

}
