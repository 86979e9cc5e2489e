package io.switchboard.benchmarks.http.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.switchboard.benchmarks.http.TurnPlan;
import io.switchboard.benchmarks.http.provider.LoadProvider;
import io.switchboard.benchmarks.measurement.Figures;
import io.switchboard.benchmarks.measurement.Pauses;
import tools.jackson.databind.json.JsonMapper;

/**
 * One application under load, from its start to its end.
 */
final class LoadRun {

	/** How much longer than ideal a load may take until it is given up. */
	private static final int PATIENCE = 20;

	private static final int WARM_UP_RAMP = 12_000;

	private static final int TOKENS_UNTIL_HOLD = 5;

	private static final int SETTLING = 1500;

	private static final TurnPlan IN_A_HURRY = new TurnPlan(50, 10, 70, 10, 0);

	private final Options options;

	private final Path directory;

	LoadRun(Options options, Path directory) {
		this.options = options;
		this.directory = directory;
	}

	/**
	 * Run an application.
	 * @param app which one
	 * @return what was measured
	 * @throws IOException if a process does not start
	 */
	Figures run(App app) throws IOException {
		Keys keys = Keys.in(this.directory);
		try (Child provider = Child.start(this.directory.resolve("provider-errors.txt"), List.of("-Xmx1g"),
				LoadProvider.class, List.of(keys.store().toString(), keys.password()));
				Child process = Child.start(this.directory.resolve(app.label() + "-errors.txt"), this.options.jvm(),
						app.main(), settings(provider, keys));
				Load load = new Load(process.port(0))) {
			warmUp(load);
			long idleBefore = liveHeap(process);
			Figures figures = turns(load, process, provider);
			long idleAfter = liveHeap(process);
			figures.add("idle_bytes_per_session", (idleAfter - idleBefore) / this.options.sessions());
			if (this.options.hold()) {
				figures.add("held", held(load, process, provider, idleAfter));
			}
			return figures.add("peak_rss_mib", process.peakResidentKb() / 1024);
		}
	}

	private List<String> settings(Child provider, Keys keys) {
		List<String> settings = new ArrayList<>(List.of("--spring.ai.model.chat=" + this.options.provider(),
				"--spring.ai.openai.base-url=https://localhost:" + provider.port(0) + "/v1",
				"--spring.ai.ollama.base-url=http://127.0.0.1:" + provider.port(1), "--load.keys=" + keys.store(),
				"--load.password=" + keys.password()));
		settings.addAll(this.options.settings());
		return settings;
	}

	private void warmUp(Load load) {
		int sessions = this.options.warmUp();
		if (sessions > 0) {
			Reading reading = load.start(sessions, "w", IN_A_HURRY, WARM_UP_RAMP);
			await(reading, sessions, WARM_UP_RAMP + IN_A_HURRY.idealMillis());
			if (reading.failed.get() > 0) {
				System.err.println("While warming up: " + reading.failed + " failed, first: " + reading.firstFailure);
			}
		}
	}

	private Figures turns(Load load, Child app, Child provider) {
		double cpuBefore = app.cpuSeconds();
		double providerBefore = provider.cpuSeconds();
		long started = System.nanoTime();
		Reading reading = load.start(this.options.sessions(), "s", this.options.plan(), this.options.ramp());
		int ideal = this.options.ramp() + this.options.plan().idealMillis();
		await(reading, this.options.sessions(), ideal);
		double seconds = (System.nanoTime() - started) / 1e9;
		double cpu = app.cpuSeconds() - cpuBefore;
		return checked(reading).add("wall_s", seconds)
			.add("wall_by_ideal", seconds * 1000 / ideal)
			.add("late_p50_ms", reading.lateness.micros(0.5) / 1000)
			.add("late_p99_ms", reading.lateness.micros(0.99) / 1000)
			.add("late_max_ms", reading.latestMicros / 1000.0)
			.add("app_cpu_s", cpu)
			.add("app_cpu_us_per_token", cpu * 1e6 / Math.max(1, reading.tokens.get()))
			.add("provider_cpu_s", provider.cpuSeconds() - providerBefore);
	}

	private static Figures checked(Reading reading) {
		if (reading.failed.get() > 0) {
			System.err.println(reading.failed + " failed, first: " + reading.firstFailure);
		}
		return new Figures().add("completed", reading.completed.get())
			.add("failed", reading.failed.get())
			.add("tokens", reading.tokens.get())
			.add("wrong_tokens", reading.wrongTokens.get());
	}

	/**
	 * All sessions in the middle of their turns, and nothing moves.
	 */
	private Figures held(Load load, Child app, Child provider, long idle) {
		int sessions = this.options.sessions();
		provider.post("/hold", 1);
		long residentBefore = app.residentKb();
		TurnPlan plan = new TurnPlan(this.options.plan().ttft(), 50, 2 * TOKENS_UNTIL_HOLD, 10, TOKENS_UNTIL_HOLD);
		Reading reading = load.start(sessions, "h", plan, this.options.ramp());
		Load.await(() -> reading.tokens.get() >= TOKENS_UNTIL_HOLD * sessions || reading.ended() > 0,
				this.options.ramp() / 1000 + 60);
		Pauses.ofMillis(SETTLING);
		Figures figures = new Figures().add("threads", app.threads())
			.add("rss_mib", app.residentKb() / 1024)
			.add("rss_bytes_per_session", (app.residentKb() - residentBefore) * 1024 / sessions)
			.add("heap_bytes_per_session", (liveHeap(app) - idle) / sessions);
		provider.post("/release", 1);
		await(reading, sessions, plan.idealMillis());
		return figures.addAll(checked(reading));
	}

	private static void await(Reading reading, int sessions, int idealMillis) {
		Load.await(() -> reading.ended() == sessions, idealMillis / 1000 * PATIENCE + 10);
	}

	private static long liveHeap(Child app) {
		return JsonMapper.shared().readTree(app.get("/readings")).path("heapBytes").asLong();
	}

}
