package io.switchboard.benchmarks.http.durability;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where the journal of an application under load is kept.
 */
enum Store {

	MEMORY,

	H2,

	POSTGRES;

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	static List<Store> listOf(String labels) {
		return Arrays.stream(labels.split(",")).map(Store::of).toList();
	}

	static Store of(String label) {
		return Arrays.stream(values())
			.filter((store) -> store.label().equals(label))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("'%s' is no store, there are %s".formatted(label,
					Arrays.toString(values()).toLowerCase(Locale.ROOT))));
	}

}
