package io.switchboard.benchmarks.http.durability;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

import io.switchboard.benchmarks.http.load.Load;
import io.switchboard.benchmarks.http.load.Reading;
import io.switchboard.benchmarks.measurement.Figures;

/**
 * One application with one journal under load, from its start to its end.
 *
 * @param options what to run
 * @param directory where files may be kept
 */
record CostRun(CostOptions options, Path directory) {

	/** How long a load may take until it is given up. */
	private static final int PATIENCE = 120;

	Figures run(Store store) throws IOException {
		try (Stack stack = Stack.start(store, this.options.jvm(), this.options.settings(), this.directory)) {
			await(shortTurns(stack.load(), this.options.warmUp(), "w"), this.options.warmUp());
			Figures figures = new Figures();
			if (this.options.turns() > 0) {
				figures.add("short", measured(stack, this.options.turns(),
						() -> shortTurns(stack.load(), this.options.turns(), "s")));
			}
			if (this.options.sessions() > 0) {
				figures.add("long", measured(stack, this.options.sessions(), () -> stack.load()
					.start(this.options.sessions(), "l", this.options.longPlan(), this.options.ramp())));
			}
			return figures.add("peak_rss_mib", stack.application().peakResidentKb() / 1024);
		}
	}

	private Reading shortTurns(Load load, int turns, String prefix) {
		return load.loop(this.options.users(), turns, prefix, this.options.shortPlan());
	}

	private static Figures measured(Stack stack, int turns, Supplier<Reading> begin) {
		double application = stack.application().cpuSeconds();
		double database = stack.database().cpuSeconds();
		double provider = stack.provider().cpuSeconds();
		long started = System.nanoTime();
		Reading reading = await(begin.get(), turns);
		double seconds = (System.nanoTime() - started) / 1e9;
		return new Figures().add("completed", reading.completed.get())
			.add("wrong_tokens", reading.wrongTokens.get())
			.add("wall_s", seconds)
			.add("turns_per_s", reading.completed.get() / seconds)
			.add("app_cpu_ms_per_turn", (stack.application().cpuSeconds() - application) * 1000 / turns)
			.add("database_cpu_ms_per_turn", (stack.database().cpuSeconds() - database) * 1000 / turns)
			.add("provider_cpu_ms_per_turn", (stack.provider().cpuSeconds() - provider) * 1000 / turns)
			.add("turn_p50_ms", reading.turns.micros(0.5) / 1000)
			.add("turn_p99_ms", reading.turns.micros(0.99) / 1000)
			.add("late_p50_ms", reading.lateness.micros(0.5) / 1000)
			.add("late_p99_ms", reading.lateness.micros(0.99) / 1000)
			.add("late_max_ms", reading.latestMicros / 1000.0);
	}

	private static Reading await(Reading reading, int turns) {
		Load.await(() -> reading.ended() == turns, PATIENCE);
		if (reading.completed.get() < turns) {
			System.err.println("%d turns of %d complete, first failure: %s".formatted(reading.completed.get(), turns,
					reading.firstFailure));
		}
		return reading;
	}

}
