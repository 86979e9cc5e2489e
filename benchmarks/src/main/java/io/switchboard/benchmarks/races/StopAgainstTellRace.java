package io.switchboard.benchmarks.races;

import io.switchboard.tree.NodeStatus;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import reactor.core.publisher.Mono;

/**
 * A message meets the stop of its agent: it is handled, or it shows as a dead letter, and
 * its sender was told the truth.
 */
@JCStressTest
@Outcome(id = "1, 1, 0, 0", expect = Expect.ACCEPTABLE, desc = "accepted and handled")
@Outcome(id = "1, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "accepted, and then a dead letter")
@Outcome(id = "0, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "refused")
@State
public class StopAgainstTellRace {

	private int handled;

	private final Stage stage = new Stage((message, context) -> {
		this.handled++;
		return Mono.empty();
	});

	@Actor
	public void tell(IIII_Result r) {
		r.r1 = this.stage.agent.tell("message").isAccepted() ? 1 : 0;
	}

	@Actor
	public void stop() {
		this.stage.terminate();
	}

	@Arbiter
	public void count(IIII_Result r) {
		r.r2 = this.handled;
		r.r3 = (r.r1 == 1) ? this.stage.lost.get() : this.stage.refused.get();
		r.r4 = (this.stage.status() == NodeStatus.STOPPED) ? 0 : 1;
	}

}
