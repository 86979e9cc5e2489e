package com.example.helpdesk.rehearsal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the names of things in what a user says: orders, the user, a product.
 */
final class Mentions {

	private static final Pattern ORDER = Pattern.compile("\\bORD-\\d{4}\\b", Pattern.CASE_INSENSITIVE);

	private static final Pattern NAME = Pattern.compile("\\b(?:my name is|call me) (\\p{L}+)",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern PRODUCT = Pattern.compile(
			"(?:prices? (?:of|for)|how much (?:is|are|does|do|for))(?: an?| the| your)? ([a-z ]+?)(?: costs?)?(?: please)?\\s*(?:[?.!,]|$)",
			Pattern.CASE_INSENSITIVE);

	private Mentions() {
	}

	static List<String> orders(String text) {
		return all(ORDER, text).map((order) -> order.group().toUpperCase(Locale.ROOT)).distinct().toList();
	}

	static List<String> orders(List<String> texts) {
		return texts.stream().flatMap((text) -> orders(text).stream()).distinct().toList();
	}

	static Optional<String> lastOrder(List<String> texts) {
		return last(texts.stream().flatMap((text) -> orders(text).stream()));
	}

	static Optional<String> lastName(List<String> texts) {
		return last(texts.stream().flatMap((text) -> all(NAME, text)).map((name) -> name.group(1)));
	}

	static Optional<String> product(String text) {
		return all(PRODUCT, text).map((product) -> product.group(1).toLowerCase(Locale.ROOT)).findFirst();
	}

	private static Stream<MatchResult> all(Pattern pattern, String text) {
		return pattern.matcher(text).results();
	}

	private static Optional<String> last(Stream<String> mentions) {
		return mentions.reduce((first, second) -> second);
	}

}
