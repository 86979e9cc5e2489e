package io.switchboard.benchmarks.races;

import io.switchboard.tree.NodeStatus;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;
import reactor.core.publisher.Sinks;

/**
 * The answer of a handler meets a stop that cuts it off: the asker hears the answer or
 * that the agent ended, once, and the agent is stopped.
 */
@JCStressTest
@Outcome(id = "1, 0, true", expect = Expect.ACCEPTABLE, desc = "answered before the stop")
@Outcome(id = "0, 1, true", expect = Expect.ACCEPTABLE, desc = "cut off")
@State
public class AnswerAgainstStopRace {

	private final Sinks.One<String> answer = Sinks.one();

	private final Stage stage = new Stage((message, context) -> this.answer.asMono(), (spec) -> spec.stopsAtOnce(true));

	private int answers;

	private int failures;

	public AnswerAgainstStopRace() {
		this.stage.agent.ask("question", String.class).subscribe((text) -> this.answers++, (ex) -> this.failures++);
	}

	@Actor
	public void answer() {
		this.answer.tryEmitValue("answer");
	}

	@Actor
	public void stop() {
		this.stage.terminate();
	}

	@Arbiter
	public void count(IIZ_Result r) {
		r.r1 = this.answers;
		r.r2 = this.failures;
		r.r3 = this.stage.status() == NodeStatus.STOPPED && this.stage.exits.get() == 1;
	}

}
