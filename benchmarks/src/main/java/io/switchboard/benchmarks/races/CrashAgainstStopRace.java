package io.switchboard.benchmarks.races;

import io.switchboard.tree.NodeStatus;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;

/**
 * A crash meets the stop of its agent: whatever comes first, each life ends once, and at
 * the end nothing lives.
 */
@JCStressTest
@Outcome(id = "1, 1, true", expect = Expect.ACCEPTABLE, desc = "the stop came first, or took the crash along")
@Outcome(id = "2, 2, true", expect = Expect.ACCEPTABLE, desc = "restarted, and then stopped")
@State
public class CrashAgainstStopRace {

	private final Stage stage = new Stage((message, context) -> {
		throw new IllegalStateException("broken");
	});

	@Actor
	public void crash() {
		this.stage.agent.tell("crash");
	}

	@Actor
	public void stop() {
		this.stage.terminate();
	}

	@Arbiter
	public void count(IIZ_Result r) {
		// the first start is not part of the race, but it is the life that ends
		r.r1 = this.stage.starts.get();
		r.r2 = this.stage.exits.get();
		r.r3 = this.stage.status() == NodeStatus.STOPPED;
	}

}
