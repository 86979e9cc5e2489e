package io.switchboard.benchmarks.http.durability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of a program. What was not asked for in the end is wrong.
 */
final class GivenOptions {

	private final Map<String, String> given = new LinkedHashMap<>();

	private final List<String> settings = new ArrayList<>();

	GivenOptions(String... arguments) {
		for (String argument : arguments) {
			if (!argument.matches("--[^=]+=.*")) {
				throw new IllegalArgumentException("'%s' means nothing here, see --help".formatted(argument));
			}
			String[] parts = argument.substring("--".length()).split("=", 2);
			if (parts[0].contains(".")) {
				this.settings.add(argument);
			}
			else {
				this.given.put(parts[0], parts[1]);
			}
		}
	}

	String text(String name, String otherwise) {
		String value = this.given.remove(name);
		return (value != null) ? value : otherwise;
	}

	int number(String name, int otherwise) {
		return Integer.parseInt(text(name, Integer.toString(otherwise)));
	}

	/**
	 * What is said to the application itself.
	 * @return arguments with a dot in the key
	 */
	List<String> settings() {
		return this.settings;
	}

	void requireAllTaken() {
		if (!this.given.isEmpty()) {
			throw new IllegalArgumentException("%s mean nothing here, see --help".formatted(this.given.keySet()));
		}
	}

}
