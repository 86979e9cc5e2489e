package io.switchboard.ai.tool;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Guesses which names may be meant by one that does not exist. Pure.
 */
final class NearestNames {

	private static final int MOST = 3;

	private NearestNames() {
	}

	/**
	 * Find the names that look like the one given.
	 * @param given the name that does not exist
	 * @param existing the names that do
	 * @return up to three names, the nearest first
	 */
	static List<String> of(String given, Collection<String> existing) {
		String from = plain(given);
		int limit = Math.max(2, from.length() / 3);
		return existing.stream()
			.filter((name) -> isNear(from, plain(name), limit))
			.sorted(Comparator.comparingInt((String name) -> distance(from, plain(name))).thenComparing((name) -> name))
			.limit(MOST)
			.toList();
	}

	/**
	 * Models mix up the ways to join words more than anything else.
	 */
	private static String plain(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
	}

	private static boolean isNear(String from, String to, int limit) {
		return distance(from, to) <= limit || (from.length() > 2 && to.contains(from))
				|| (to.length() > 2 && from.contains(to));
	}

	/**
	 * How many characters to change, add or drop.
	 */
	private static int distance(String from, String to) {
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
