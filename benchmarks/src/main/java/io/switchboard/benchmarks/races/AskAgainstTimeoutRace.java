package io.switchboard.benchmarks.races;

import java.time.Duration;

import io.switchboard.Reply;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import reactor.core.publisher.Mono;

/**
 * An answer meets the asker's time-out: the asker hears of one of them, once.
 */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "answered")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "timed out")
@State
public class AskAgainstTimeoutRace {

	private @Nullable Reply reply;

	private final Stage stage = new Stage((message, context) -> {
		this.reply = context.deferReply();
		return Mono.empty();
	});

	private int answers;

	private int failures;

	private int completions;

	public AskAgainstTimeoutRace() {
		this.stage.agent.ask("question", String.class, Duration.ofSeconds(1))
			.subscribe((answer) -> this.answers++, (ex) -> this.failures++, () -> this.completions++);
	}

	@Actor
	public void answer() {
		Reply promised = this.reply;
		if (promised != null) {
			promised.send("answer");
		}
	}

	@Actor
	public void timeOut() {
		this.stage.scheduler.elapse();
	}

	@Arbiter
	public void count(III_Result r) {
		r.r1 = this.answers;
		r.r2 = this.failures;
		r.r3 = this.completions;
	}

}
