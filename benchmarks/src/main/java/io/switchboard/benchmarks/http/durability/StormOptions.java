package io.switchboard.benchmarks.http.durability;

import java.util.List;

/**
 * What is to be run to see readers come back.
 *
 * @param stores where the journal is, one after the other
 * @param readers how many come back at once
 * @param sessions how many sessions they read
 * @param live in how many of these a turn runs meanwhile
 * @param users how many take turns in other sessions, one after the other
 * @param turns how many turns these take before and again during the storm
 * @param jvm options of the application's JVM
 * @param settings settings of the application
 */
record StormOptions(List<Store> stores, int readers, int sessions, int live, int users, int turns, List<String> jvm,
		List<String> settings) {

	static final String USAGE = """
			Usage: run-readers [OPTION ...]

			  --stores=h2         memory, h2, postgres
			  --readers=10000     how many come back at once
			  --sessions=2000     how many sessions they read
			  --live=200          in how many of these a turn runs meanwhile
			  --users=8           how many take turns in other sessions, one after the other
			  --turns=400         how many turns these take before, and again while the readers come back
			  --jvm=OPTIONS       options of the application's JVM, instead of -Xmx4g
			  --KEY=VALUE         with a dot in the key: a setting of the application
			""";

	static StormOptions of(String... arguments) {
		GivenOptions given = new GivenOptions(arguments);
		StormOptions options = new StormOptions(Store.listOf(given.text("stores", "h2")),
				given.number("readers", 10_000), given.number("sessions", 2000), given.number("live", 200),
				given.number("users", 8), given.number("turns", 400), List.of(given.text("jvm", "-Xmx4g").split(" ")),
				given.settings());
		given.requireAllTaken();
		return options;
	}

}
