package io.switchboard.benchmarks.http.durability;

import java.util.List;

import io.switchboard.benchmarks.http.TurnPlan;

/**
 * What is to be run to see what a journal costs.
 *
 * @param stores where the journal is, by turns
 * @param repetitions how often each of them
 * @param users how many take short turns at once
 * @param turns how many short turns in all
 * @param shortPlan a short turn
 * @param warmUp how many short turns go before
 * @param sessions how many long turns at once
 * @param longPlan a long turn
 * @param ramp in how many milliseconds the long turns begin
 * @param jvm options of the application's JVM
 * @param settings settings of the application
 */
record CostOptions(List<Store> stores, int repetitions, int users, int turns, TurnPlan shortPlan, int warmUp,
		int sessions, TurnPlan longPlan, int ramp, List<String> jvm, List<String> settings) {

	static final String USAGE = """
			Usage: run-durability [OPTION ...]

			  --stores=memory,h2,postgres
			  --repetitions=3   how often each of them is run, by turns
			  --users=100       how many take short turns at once, one after the other
			  --turns=4000      how many short turns in all; 0 for none
			  --short-tokens=5  tokens of a model call of a short turn, 10 ms apart; a turn has two
			  --warm-up=3000    short turns that go before
			  --sessions=500    how many long turns at once; 0 for none
			  --gap=100         milliseconds between tokens of a long turn
			  --tokens=70       tokens of a model call of a long turn
			  --ramp=2000       in how many milliseconds the long turns begin
			  --jvm=OPTIONS     options of the application's JVM, instead of -Xmx4g
			  --KEY=VALUE       with a dot in the key: a setting of the application
			""";

	static CostOptions of(String... arguments) {
		GivenOptions given = new GivenOptions(arguments);
		CostOptions options = new CostOptions(Store.listOf(given.text("stores", "memory,h2,postgres")),
				given.number("repetitions", 3), given.number("users", 100), given.number("turns", 4000),
				new TurnPlan(10, 10, given.number("short-tokens", 5), 1, 0), given.number("warm-up", 3000),
				given.number("sessions", 500),
				new TurnPlan(500, given.number("gap", 100), given.number("tokens", 70), 200, 0),
				given.number("ramp", 2000), List.of(given.text("jvm", "-Xmx4g").split(" ")), given.settings());
		given.requireAllTaken();
		return options;
	}

}
