package io.switchboard.benchmarks.http.load;

import java.util.Arrays;
import java.util.Locale;

import io.switchboard.benchmarks.http.app.PlainApplication;
import io.switchboard.benchmarks.http.app.SupervisedApplication;

/**
 * An application under load.
 */
enum App {

	SWITCHBOARD(SupervisedApplication.class),

	PLAIN(PlainApplication.class);

	private final Class<?> main;

	App(Class<?> main) {
		this.main = main;
	}

	Class<?> main() {
		return this.main;
	}

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	static App of(String label) {
		return Arrays.stream(values())
			.filter((app) -> app.label().equals(label))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no application '" + label + "'"));
	}

}
