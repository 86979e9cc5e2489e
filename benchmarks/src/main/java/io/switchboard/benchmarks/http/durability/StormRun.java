package io.switchboard.benchmarks.http.durability;

import java.io.IOException;
import java.nio.file.Path;

import io.switchboard.benchmarks.http.TurnPlan;
import io.switchboard.benchmarks.http.load.Load;
import io.switchboard.benchmarks.http.load.Reading;
import io.switchboard.benchmarks.measurement.Figures;
import io.switchboard.benchmarks.measurement.Pauses;

/**
 * Sessions with two turns each, then all their readers at once, while turns go on.
 *
 * @param options what to run
 * @param directory where files may be kept
 */
record StormRun(StormOptions options, Path directory) {

	private static final TurnPlan PLAN = new TurnPlan(10, 10, 5, 1, 0);

	/**
	 * Beside its tokens: the first and the last event, the tool's call and its result.
	 */
	private static final int EVENTS_OF_TURN = PLAN.tokensOfTurn() + 4;

	private static final int MILLIS_A_SESSION = 8;

	private static final int PATIENCE = 180;

	private static final int LIVE_RAMP = 1000;

	private static final int SETTLING = 2000;

	Figures run(Store store) throws IOException {
		try (Stack stack = Stack.start(store, this.options.jvm(), this.options.settings(), this.directory);
				Load readers = new Load(stack.application().port(0))) {
			turns(stack.load(), this.options.turns(), "w");
			fill(stack.load());
			fill(stack.load());
			Reading before = turns(stack.load(), this.options.turns(), "b");
			return storm(stack, readers).add("turn_before_p50_ms", before.turns.micros(0.5) / 1000)
				.add("turn_before_p99_ms", before.turns.micros(0.99) / 1000);
		}
	}

	private void fill(Load load) {
		int sessions = this.options.sessions();
		await(load.start(sessions, "r", PLAN, sessions * MILLIS_A_SESSION), sessions);
	}

	private Reading turns(Load load, int turns, String prefix) {
		return await(load.loop(this.options.users(), turns, prefix, PLAN), turns);
	}

	private Figures storm(Stack stack, Load readers) {
		long heap = stack.liveHeap();
		long resident = stack.application().residentKb();
		double cpu = stack.application().cpuSeconds();
		double database = stack.database().cpuSeconds();
		StormReading reading = new StormReading();
		for (int reader = 0; reader < this.options.readers(); reader++) {
			reader(readers, reader, reading).open();
		}
		Reading meanwhile = stack.load().loop(this.options.users(), this.options.turns(), "m", PLAN);
		Reading live = stack.load().start(this.options.live(), "r", PLAN, LIVE_RAMP);
		long[] most = { resident };
		Load.await(() -> {
			most[0] = Math.max(most[0], stack.application().residentKb());
			return reading.caughtUp.get() == this.options.readers();
		}, PATIENCE);
		double cpuOfStorm = stack.application().cpuSeconds() - cpu;
		double databaseOfStorm = stack.database().cpuSeconds() - database;
		await(meanwhile, this.options.turns());
		await(live, this.options.live());
		Pauses.ofMillis(SETTLING);
		return checked(reading).add("app_cpu_s", cpuOfStorm)
			.add("database_cpu_s", databaseOfStorm)
			.add("resident_before_mib", resident / 1024)
			.add("resident_most_mib", most[0] / 1024)
			.add("heap_bytes_per_reader", (stack.liveHeap() - heap) / this.options.readers())
			.add("turn_meanwhile_p50_ms", meanwhile.turns.micros(0.5) / 1000)
			.add("turn_meanwhile_p99_ms", meanwhile.turns.micros(0.99) / 1000)
			.add("turns_meanwhile", meanwhile.completed.get());
	}

	/** Who knows how much is spread over all that there is to know. */
	private StormReader reader(Load load, int reader, StormReading reading) {
		int session = reader % this.options.sessions();
		int turns = (session < this.options.live()) ? 3 : 2;
		long known = (reader / this.options.sessions() * 7L + session) % (2L * EVENTS_OF_TURN);
		return new StormReader(load, "/agents/support/r" + session + "/events", known, (long) turns * EVENTS_OF_TURN,
				reading);
	}

	private static Figures checked(StormReading reading) {
		if (!reading.firstFailure.isEmpty()) {
			System.err.println("The first connection that was cut off: " + reading.firstFailure);
		}
		return new Figures().add("caught_up", reading.caughtUp.get())
			.add("events", reading.events.get())
			.add("wrong_events", reading.wrongEvents.get())
			.add("asides", reading.asides.get())
			.add("beyond", reading.beyond.get())
			.add("cut_off", reading.cutOff.get())
			.add("caught_up_p50_ms", reading.caughtUpAfter.micros(0.5) / 1000)
			.add("caught_up_p99_ms", reading.caughtUpAfter.micros(0.99) / 1000)
			.add("caught_up_all_ms", reading.lastCaughtUpMillis);
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
