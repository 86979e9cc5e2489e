package io.switchboard.test.provider;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts texts into tokens: a word each, with the blanks before it.
 */
final class Words {

	private static final Pattern BEFORE_BLANKS = Pattern.compile("(?<=\\S)(?=\\s)");

	private Words() {
	}

	static List<String> of(String text) {
		return text.isEmpty() ? List.of() : List.of(BEFORE_BLANKS.split(text));
	}

}
