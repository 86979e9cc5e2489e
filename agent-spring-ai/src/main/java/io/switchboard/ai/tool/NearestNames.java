package io.switchboard.ai.tool;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import io.switchboard.report.EditDistance;

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
			.sorted(Comparator.comparingInt((String name) -> EditDistance.between(from, plain(name)))
				.thenComparing((name) -> name))
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
		return EditDistance.between(from, to) <= limit || (from.length() > 2 && to.contains(from))
				|| (to.length() > 2 && from.contains(to));
	}

}
