package io.switchboard.autoconfigure.diagnostics;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

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

	/** How many characters to change, add or drop, letter case aside. */
	private static int distance(String left, String right) {
		String from = left.toLowerCase(Locale.ROOT);
		String to = right.toLowerCase(Locale.ROOT);
		int[] costs = new int[to.length() + 1];
		for (int j = 0; j <= to.length(); j++) {
			costs[j] = j;
		}
		for (int i = 1; i <= from.length(); i++) {
			int diagonal = costs[0];
			costs[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int replaced = diagonal + ((from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1);
				diagonal = costs[j];
				costs[j] = Math.min(replaced, 1 + Math.min(costs[j], costs[j - 1]));
			}
		}
		return costs[to.length()];
	}

}
