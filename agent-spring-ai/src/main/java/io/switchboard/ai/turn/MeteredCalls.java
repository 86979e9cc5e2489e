package io.switchboard.ai.turn;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.switchboard.ai.tool.CallMeter;
import io.switchboard.ai.tool.ToolOutcome;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The calls of tools that a turn has under way, and what agents cost that are asked in
 * them. The turn itself waits for people if all of its calls do.
 */
final class MeteredCalls {

	private final Map<String, CallMeter> meters = new ConcurrentHashMap<>();

	private final Runnable whenAllWait;

	private final Runnable whenOneGoesOn;

	private int running;

	private int waiting;

	private boolean paused;

	/**
	 * Watch the calls of a turn.
	 * @param whenAllWait told when all calls wait for people
	 * @param whenOneGoesOn told when they do not any more
	 */
	MeteredCalls(Runnable whenAllWait, Runnable whenOneGoesOn) {
		this.whenAllWait = whenAllWait;
		this.whenOneGoesOn = whenOneGoesOn;
	}

	/**
	 * Watch a call.
	 * @param call the id of the call
	 * @param made makes the call
	 * @return what came of it
	 */
	Mono<ToolOutcome> around(String call, Mono<ToolOutcome> made) {
		return Mono.defer(() -> {
			CallMeter meter = new CallMeter(this::changed);
			this.meters.put(call, meter);
			begun();
			return made.contextWrite(meter::in).doFinally((signal) -> ended(meter.end()));
		});
	}

	/**
	 * What a call has cost that is over.
	 * @param call the id of the call
	 * @param outcome what came of it
	 * @return what is to be written down
	 */
	TurnInput.ToolEnded ended(String call, ToolOutcome outcome) {
		CallMeter meter = this.meters.remove(call);
		return (meter != null) ? new TurnInput.ToolEnded(call, outcome,
				new Usage(meter.inputTokens(), meter.outputTokens()), meter.cost())
				: new TurnInput.ToolEnded(call, outcome);
	}

	/**
	 * Tell whoever has made the call that the turn is part of what it has cost.
	 * @param input what happened
	 * @param call the call, or {@code null} if the turn is part of none
	 */
	static void report(TurnInput input, @Nullable CallMeter call) {
		if (call == null) {
			return;
		}
		if (input instanceof TurnInput.Answered answered) {
			report(answered.answer().usage(), answered.answer().cost(), call);
		}
		else if (input instanceof TurnInput.Compacted compacted) {
			report(compacted.usage(), compacted.cost(), call);
		}
		else if (input instanceof TurnInput.ToolEnded ended) {
			report(ended.usage(), ended.cost(), call);
		}
	}

	private static void report(Usage usage, BigDecimal cost, CallMeter call) {
		call.spent(usage.inputTokens(), usage.outputTokens(), cost);
	}

	private synchronized void begun() {
		this.running++;
		look();
	}

	private synchronized void ended(boolean waited) {
		this.running--;
		this.waiting -= waited ? 1 : 0;
		look();
	}

	private synchronized void changed(boolean waits) {
		this.waiting += waits ? 1 : -1;
		look();
	}

	private void look() {
		boolean allWait = this.running > 0 && this.waiting == this.running;
		if (allWait != this.paused) {
			this.paused = allWait;
			(allWait ? this.whenAllWait : this.whenOneGoesOn).run();
		}
	}

}
