package io.switchboard.ai.turn;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.tool.CallMeter;
import io.switchboard.ai.tool.ToolOutcome;
import io.switchboard.ai.tool.WaitingFor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The calls of tools that a turn has under way, and what agents cost that are asked in
 * them. The turn itself waits if all of its calls do.
 */
final class MeteredCalls {

	private final Map<String, CallMeter> meters = new ConcurrentHashMap<>();

	private final Consumer<WaitingFor> listener;

	/**
	 * What each of the calls waits for that are under way.
	 */
	private final Map<CallMeter, WaitingFor> running = new HashMap<>();

	private WaitingFor all = WaitingFor.NOTHING;

	/**
	 * Watch the calls of a turn.
	 * @param listener told what all of the calls wait for at least, whenever that changes
	 */
	MeteredCalls(Consumer<WaitingFor> listener) {
		this.listener = listener;
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
			begun(meter);
			Runnable over = () -> over(meter);
			// Not finally: the turn may have other things to wait for as soon as it is
			// told
			return made.contextWrite(meter::in).doOnTerminate(over).doOnCancel(over);
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
	 * What the calls have cost that are under way, or whose ends nobody was told of.
	 * There are none after that.
	 * @param failure why they are ended
	 * @return what is to be written down
	 */
	TurnInput.Broken broken(TurnFailure failure) {
		Usage usage = Usage.none();
		BigDecimal cost = BigDecimal.ZERO;
		for (CallMeter meter : this.meters.values()) {
			usage = usage.plus(new Usage(meter.inputTokens(), meter.outputTokens()));
			cost = cost.add(meter.cost());
		}
		this.meters.clear();
		return new TurnInput.Broken(failure, usage, cost);
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
		else if (input instanceof TurnInput.Broken broken) {
			report(broken.usage(), broken.cost(), call);
		}
	}

	private static void report(Usage usage, BigDecimal cost, CallMeter call) {
		call.spent(usage.inputTokens(), usage.outputTokens(), cost);
	}

	private synchronized void begun(CallMeter meter) {
		this.running.put(meter, WaitingFor.NOTHING);
		look();
	}

	private synchronized void over(CallMeter meter) {
		meter.over();
		this.running.remove(meter);
		look();
	}

	/**
	 * Agents that were asked in a call may say that they go on when it is over.
	 */
	private synchronized void changed(CallMeter meter, WaitingFor what) {
		if (this.running.replace(meter, what) != null) {
			look();
		}
	}

	private void look() {
		WaitingFor now = this.running.isEmpty() ? WaitingFor.NOTHING : Collections.min(this.running.values());
		if (now != this.all) {
			this.all = now;
			this.listener.accept(now);
		}
	}

}
