package io.switchboard.benchmarks.http.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.switchboard.benchmarks.http.TurnPlan;

/**
 * What is to be run.
 *
 * @param sessions how many at once
 * @param provider whose client the applications call: openai or ollama
 * @param apps the applications, by turns
 * @param repetitions how often each of them
 * @param plan the turn of each session
 * @param ramp in how many milliseconds the sessions begin
 * @param warmUp how many sessions go before, in a hurry
 * @param hold whether to hold all sessions open once more and look at the memory
 * @param jvm options of the JVM of the applications
 * @param settings settings of the applications
 */
record Options(int sessions, String provider, List<App> apps, int repetitions, TurnPlan plan, int ramp, int warmUp,
		boolean hold, List<String> jvm, List<String> settings) {

	static final String USAGE = """
			Usage: run-http [--sessions=N] [--provider=openai|ollama] [--app=switchboard|plain] [OPTION ...]

			  --repetitions=1   how often each application is run, by turns
			  --ttft=500        milliseconds until the first token of each model call
			  --gap=100         milliseconds between tokens
			  --tokens=70       tokens of a model call; a turn has two
			  --tool=200        milliseconds that the tool between them takes
			  --ramp=2000       in how many milliseconds the sessions begin
			  --warm-up=4000    sessions in a hurry that go before
			  --hold=true       hold all sessions open once more and look at the memory
			  --jvm=OPTIONS     options of the applications' JVM, instead of -Xmx4g
			  --KEY=VALUE       with a dot in the key: a setting of the applications
			""";

	private static final List<String> PROVIDERS = List.of("openai", "ollama");

	static Options of(String... arguments) {
		Map<String, String> given = new LinkedHashMap<>();
		List<String> settings = new ArrayList<>();
		for (String argument : arguments) {
			if (!argument.matches("--[^=]+=.*")) {
				throw new IllegalArgumentException("'%s' means nothing here.%n%n%s".formatted(argument, USAGE));
			}
			String[] parts = argument.substring("--".length()).split("=", 2);
			if (parts[0].contains(".")) {
				settings.add(argument);
			}
			else {
				given.put(parts[0], parts[1]);
			}
		}
		Taken taken = new Taken(given);
		TurnPlan plan = new TurnPlan(taken.number("ttft", 500), taken.number("gap", 100), taken.number("tokens", 70),
				taken.number("tool", 200), 0);
		String app = taken.text("app", "");
		Options options = new Options(taken.number("sessions", 10_000), taken.text("provider", PROVIDERS.get(0)),
				app.isEmpty() ? List.of(App.values()) : List.of(App.of(app)), taken.number("repetitions", 1), plan,
				taken.number("ramp", 2000), taken.number("warm-up", 4000),
				Boolean.parseBoolean(taken.text("hold", "true")), List.of(taken.text("jvm", "-Xmx4g").split(" ")),
				settings);
		if (!given.isEmpty() || !PROVIDERS.contains(options.provider())) {
			throw new IllegalArgumentException(
					"%s or the provider mean nothing here.%n%n%s".formatted(given.keySet(), USAGE));
		}
		return options;
	}

	/**
	 * Takes what was given, so that what is left is wrong.
	 *
	 * @param given the options by name
	 */
	private record Taken(Map<String, String> given) {

		String text(String name, String otherwise) {
			String value = this.given.remove(name);
			return (value != null) ? value : otherwise;
		}

		int number(String name, int otherwise) {
			return Integer.parseInt(text(name, Integer.toString(otherwise)));
		}

	}

}
