package io.switchboard.autoconfigure.kills;

import java.util.Arrays;

/**
 * A tool of {@link KillableTools}.
 */
enum Tool {

	LOOKUP(true), WATCH(true), BOOK(false), CHARGE(false), CANCEL(false);

	private final boolean repeatable;

	Tool(boolean repeatable) {
		this.repeatable = repeatable;
	}

	static Tool of(String word) {
		return Arrays.stream(values())
			.filter((tool) -> tool.word().equals(word))
			.findAny()
			.orElseThrow(() -> new IllegalArgumentException("There is no tool '%s'".formatted(word)));
	}

	/**
	 * What the model calls it.
	 * @return the name
	 */
	String word() {
		return name().toLowerCase();
	}

	boolean isRepeatable() {
		return this.repeatable;
	}

	/**
	 * What it answers.
	 * @param call which call it is, see {@link Plan#calls(int)}
	 * @return the answer
	 */
	String result(String call) {
		return "%s for %s".formatted(word(), call);
	}

}
