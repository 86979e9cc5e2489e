package io.switchboard.autoconfigure.kills;

import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong.
 */
final class Complaints {

	private final List<String> all = new ArrayList<>();

	void addAll(List<String> complaints) {
		this.all.addAll(complaints);
	}

	void addIf(boolean wrong, String what, Object... details) {
		if (wrong) {
			this.all.add(what.formatted(details));
		}
	}

	List<String> all() {
		return List.copyOf(this.all);
	}

}
