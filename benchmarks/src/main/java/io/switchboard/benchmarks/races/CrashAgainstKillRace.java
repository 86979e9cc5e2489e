package io.switchboard.benchmarks.races;

import io.switchboard.tree.NodeStatus;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A crash meets a kill: each life ends once, each end is answered with one start, and at
 * the end the agent is up.
 */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "one more start than ends, and up")
@State
public class CrashAgainstKillRace {

	private final Stage stage = new Stage((message, context) -> {
		throw new IllegalStateException("broken");
	});

	@Actor
	public void crash() {
		this.stage.agent.tell("crash");
	}

	@Actor
	public void kill() {
		this.stage.kill();
	}

	@Arbiter
	public void count(ZZ_Result r) {
		r.r1 = this.stage.starts.get() == this.stage.exits.get() + 1;
		r.r2 = this.stage.status() == NodeStatus.RUNNING;
	}

}
