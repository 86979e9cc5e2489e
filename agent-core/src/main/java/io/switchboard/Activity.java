package io.switchboard;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What an agent is at with the message in hand, as far as operators want to see it in the
 * tree: that it waits, and for what, or that it tries to recover from something.
 * <p>
 * You probably want words that are always the same, ids and numbers, such as
 * {@code new Activity("recovering", since, Map.of("failure", "rate-limited", "attempt", 2))}.
 * It is shown as it is, to all who may see the tree, and no
 * {@link io.switchboard.report.Sanitizer} is asked: do not put in what a user or a model
 * has said.
 *
 * @param name what it is, in a word
 * @param since since when it is at it, by the runtime's clock
 * @param facts what is known of it, in the order to show it: at most
 * {@value #MOST_FACTS}, each a text of one line and at most {@value #LONGEST} characters,
 * a number, a truth value, an {@link Instant} or a {@link Duration}
 * @see AgentContext#showActivity(Activity)
 * @since 0.1.0
 */
public record Activity(String name, Instant since, Map<String, Object> facts) {

	/**
	 * How many facts there may be.
	 */
	public static final int MOST_FACTS = 16;

	/**
	 * How many characters a name or a text may have.
	 */
	public static final int LONGEST = 200;

	/**
	 * Check the parts, and protect the facts.
	 * @param name what it is
	 * @param since since when
	 * @param facts what is known of it
	 * @throws IllegalArgumentException if a name or a fact is not as it must be
	 */
	public Activity {
		checkText("'name'", name);
		Objects.requireNonNull(since, "'since' must not be null");
		if (facts.size() > MOST_FACTS) {
			throw new IllegalArgumentException("Activity '%s' has %d facts: %d are possible, so leave some out"
				.formatted(name, facts.size(), MOST_FACTS));
		}
		facts.forEach(Activity::checkFact);
		facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
	}

	private static void checkFact(String name, Object value) {
		checkText("The name of a fact", name);
		if (value instanceof String text) {
			checkText("Fact '" + name + "'", text);
		}
		else if (!(value instanceof Number || value instanceof Boolean || value instanceof Instant
				|| value instanceof Duration)) {
			throw new IllegalArgumentException(
					"Fact '%s' is a %s: a text, a number, a truth value, an Instant or a Duration can be shown"
						.formatted(name, (value != null) ? value.getClass().getName() : null));
		}
	}

	/**
	 * The text itself is not quoted: it may be what must not be shown.
	 */
	private static void checkText(String what, String text) {
		if (text.isBlank() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
			throw new IllegalArgumentException(
					"%s is a text of %d characters: one line of one to %d characters can be shown".formatted(what,
							text.length(), LONGEST));
		}
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.name);
		this.facts.forEach((fact, value) -> text.append(' ').append(fact).append('=').append(value));
		return text.toString();
	}

}
