package io.switchboard.runtime;

import java.util.List;
import java.util.stream.Stream;

import io.switchboard.Activity;

/**
 * What an agent shows of what it is at with one message. Immutable.
 *
 * @param shown the activities, the one that was shown last at the end
 */
record Activities(List<Activity> shown) {

	static final Activities NONE = new Activities(List.of());

	static final int MOST = 8;

	Activities show(Activity activity) {
		List<Activity> others = others(activity.name());
		if (others.size() == MOST) {
			throw new IllegalStateException("Activity '%s' cannot be shown, as there are %d already: hide one first"
				.formatted(activity.name(), MOST));
		}
		return new Activities(Stream.concat(others.stream(), Stream.of(activity)).toList());
	}

	Activities hide(String name) {
		List<Activity> others = others(name);
		return (others.size() == this.shown.size()) ? this : new Activities(others);
	}

	private List<Activity> others(String name) {
		return this.shown.stream().filter((activity) -> !activity.name().equals(name)).toList();
	}

}
