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
 * A question meets a kill: the asker hears an answer or that the agent ended, once. Its
 * message may also have waited for the next life.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "answered, by the old life or the new")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "told of the end")
@State
public class AskAgainstKillRace {

	private final Stage stage = new Stage((message, context) -> Mono.just("answer"));

	private int answers;

	private int failures;

	@Actor
	public void ask() {
		this.stage.agent.ask("question", String.class).subscribe((answer) -> this.answers++, (ex) -> this.failures++);
	}

	@Actor
	public void kill() {
		this.stage.kill();
	}

	@Arbiter
	public void count(II_Result r) {
		r.r1 = this.answers;
		r.r2 = this.failures;
	}

}
