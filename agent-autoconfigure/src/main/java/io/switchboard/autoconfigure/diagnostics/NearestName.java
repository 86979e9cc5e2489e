package io.switchboard.autoconfigure.diagnostics;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

import io.switchboard.report.EditDistance;

/**
 * Guesses which name was meant by one that does not exist.
 *
 * @since 0.1.0
 */
public final class NearestName {

	private NearestName() {
	}

	/**
	 * Ask back, if one of the names that exist looks like the one given.
	 * @param given the name that does not exist
	 * @param existing the names that do
	 * @return a sentence such as {@code Did you mean 'desk'?} with a leading blank, or an
	 * empty string
	 */
	public static String question(String given, Collection<String> existing) {
		int limit = Math.max(2, given.length() / 3);
		return existing.stream()
			.filter((name) -> distance(given, name) <= limit)
			.min(Comparator.comparingInt((String name) -> distance(given, name)).thenComparing((name) -> name))
			.map((name) -> " Did you mean '" + name + "'?")
			.orElse("");
	}

	/** Letter case aside. */
	private static int distance(String left, String right) {
		return EditDistance.between(left.toLowerCase(Locale.ROOT), right.toLowerCase(Locale.ROOT));
	}

}
