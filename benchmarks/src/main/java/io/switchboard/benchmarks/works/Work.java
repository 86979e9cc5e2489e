package io.switchboard.benchmarks.works;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.switchboard.benchmarks.measurement.Figures;

/**
 * What can be done and measured.
 */
public enum Work {

	/**
	 * Start agents.
	 */
	SPAWN(SpawnWork::run, "n"),

	/**
	 * Ask and be answered.
	 */
	ASK(AskWork::run, "pairs", "m"),

	/**
	 * Send messages one way.
	 */
	TELL(TellWork::run, "agents", "producers", "m"),

	/**
	 * Crash some, and ask the others.
	 */
	CRASH(CrashWork::run, "siblings", "victims", "seconds", "rate", "asks_per_ms", "collectors", "order"),

	/**
	 * Stream tokens to subscribers.
	 */
	SESSIONS(SessionsWork::run, "n", "ramp", "ttft", "gap", "ntok", "tool", "warm"),

	/**
	 * Let some compute without an end, and ask the others.
	 */
	HOG(HogWork::run, "agents", "asks", "hogs", "seconds", "order"),

	/**
	 * Replace much state.
	 */
	GC(GcWork::run, "agents", "seconds", "per_ms", "order");

	private final Program program;

	private final Set<String> parameters;

	Work(Program program, String... parameters) {
		this.program = program;
		this.parameters = Set.of(parameters);
	}

	/**
	 * Find a work.
	 * @param name its name, in small letters
	 * @return the work
	 */
	public static Work of(String name) {
		for (Work work : values()) {
			if (work.label().equals(name)) {
				return work;
			}
		}
		throw new IllegalArgumentException("There is no work '%s', there are %s".formatted(name,
				List.of(values()).stream().map(Work::label).toList()));
	}

	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The parameters that mean something to this work or to a contender.
	 * @param contenders those of the contender
	 * @return their names
	 */
	public Set<String> parameters(Set<String> contenders) {
		Set<String> all = new HashSet<>(this.parameters);
		all.addAll(contenders);
		return all;
	}

	/**
	 * Do it.
	 * @param contender who
	 * @param parameters how much of it
	 * @return what was measured
	 * @throws InterruptedException if the process is to end
	 */
	public Figures run(Contender contender, Parameters parameters) throws InterruptedException {
		return this.program.run(contender, parameters);
	}

	/**
	 * How a work is done.
	 */
	@FunctionalInterface
	interface Program {

		Figures run(Contender contender, Parameters parameters) throws InterruptedException;

	}

}
