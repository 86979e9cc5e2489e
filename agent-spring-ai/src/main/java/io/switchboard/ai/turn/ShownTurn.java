package io.switchboard.ai.turn;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.switchboard.Activity;
import io.switchboard.AgentContext;
import io.switchboard.ai.turn.OpenTurns.OpenTurn;
import org.jspecify.annotations.Nullable;

/**
 * Lets operators see in the tree where a turn is: on which rung of a ladder, and what it
 * waits for.
 */
final class ShownTurn {

	private static final String RECOVERING = "recovering";

	private static final String WAITING = "waiting";

	private static final String SPENDING = "spending";

	private final AgentContext<?> context;

	private final OpenTurn record;

	private final int maxAttempts;

	private final long since;

	private @Nullable Recovering rung;

	private int steps;

	private long tokens;

	/**
	 * Show a turn.
	 * @param context the life that leads it
	 * @param record what is known of it in all lives
	 * @param maxAttempts how often it may try to recover
	 */
	ShownTurn(AgentContext<?> context, OpenTurn record, int maxAttempts) {
		this.context = context;
		this.record = record;
		this.maxAttempts = maxAttempts;
		this.since = now();
	}

	/**
	 * Show on which rung the turn is.
	 * @param rung what is done about the last failure, or {@code null} if nothing has to
	 * be done any more
	 */
	void recovering(@Nullable Recovering rung) {
		if (Objects.equals(rung, this.rung)) {
			return;
		}
		this.rung = rung;
		if (rung == null) {
			this.context.hideActivity(RECOVERING);
			return;
		}
		Map<String, Object> facts = new LinkedHashMap<>();
		facts.put("failure", rung.failure());
		facts.put("rung", rung.rung());
		facts.put("attempt", rung.attempt());
		facts.put("maxAttempts", this.maxAttempts);
		show(RECOVERING, this.record.isAt(rung, now()), facts);
	}

	/**
	 * Show what the turn has cost so far, in all lives.
	 * @param spending what it has cost
	 */
	void spent(Spending spending) {
		if (spending.tokens() == this.tokens && spending.steps() == this.steps) {
			return;
		}
		this.tokens = spending.tokens();
		this.steps = spending.steps();
		Map<String, Object> facts = new LinkedHashMap<>();
		facts.put("steps", this.steps);
		facts.put("tokens", this.tokens);
		facts.put("cost", spending.cost());
		show(SPENDING, this.since, facts);
	}

	/**
	 * Show that the turn waits until its provider may be called.
	 * @param provider the provider's name
	 */
	void waitsForProvider(String provider) {
		show(WAITING, now(), Map.of("provider", provider));
	}

	/**
	 * Show that the turn waits until a person has decided something.
	 * @param approvals how much is to be decided
	 */
	void waitsForPerson(int approvals) {
		show(WAITING, now(), Map.of("approvals", approvals));
	}

	void goesOn() {
		this.context.hideActivity(WAITING);
	}

	/**
	 * The turn is over, whatever else the agent does with the message.
	 */
	void over() {
		goesOn();
		this.context.hideActivity(RECOVERING);
		this.context.hideActivity(SPENDING);
	}

	private void show(String name, long since, Map<String, Object> facts) {
		this.context.showActivity(new Activity(name, Instant.ofEpochMilli(since), facts));
	}

	private long now() {
		return this.context.scheduler().now(TimeUnit.MILLISECONDS);
	}

}
