package io.switchboard.test;

import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.supervision.AgentSpec;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * An agent that reports what happens to it and does what it is told: the stand-in for a
 * child in tests of supervision. Get one from {@link Probes#agent(String)} and put its
 * {@link #spec()} into a tree.
 * <p>
 * It takes any message. A {@link ProbeCommand} is carried out, everything else is
 * answered with itself.
 *
 * @since 0.1.0
 */
public final class AgentProbe {

	private final String name;

	private final Probes probes;

	private final Object lock = new Object();

	private final TreeMap<Integer, StartAnswer> fromAttempt = new TreeMap<>();

	private final TreeMap<Integer, StartAnswer> atAttempt = new TreeMap<>();

	private int attempts;

	private Sinks.@Nullable Empty<Void> hanging;

	private @Nullable AgentPath path;

	AgentProbe(String name, Probes probes) {
		this.name = name;
		this.probes = probes;
	}

	/**
	 * The probe's name, which is also its id.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * A specification of this probe with default settings.
	 * @return the specification
	 */
	public AgentSpec<Object> spec() {
		return spec(UnaryOperator.identity());
	}

	/**
	 * A specification of this probe with settings of your own.
	 * @param settings changes the settings
	 * @return the specification
	 */
	public AgentSpec<Object> spec(UnaryOperator<AgentSpec.Builder<Object>> settings) {
		return settings.apply(AgentSpec.builder(this.name, Object.class, this::create)).build();
	}

	/**
	 * Decide how one start ends.
	 * @param attempt the number of the start, one for the first
	 * @param answer how it ends
	 * @return this probe
	 */
	public AgentProbe onStart(int attempt, StartAnswer answer) {
		Objects.requireNonNull(answer, "'answer' must not be null");
		synchronized (this.lock) {
			this.atAttempt.put(attempt, answer);
		}
		return this;
	}

	/**
	 * Decide how a start and all later ones end, until a later number that is decided on,
	 * too.
	 * @param attempt the number of the first such start, one for the very first
	 * @param answer how they end
	 * @return this probe
	 */
	public AgentProbe fromStart(int attempt, StartAnswer answer) {
		Objects.requireNonNull(answer, "'answer' must not be null");
		synchronized (this.lock) {
			this.fromAttempt.put(attempt, answer);
		}
		return this;
	}

	/**
	 * Let the start that {@linkplain StartAnswer#HANG hangs} now succeed.
	 */
	public void releaseStart() {
		Sinks.Empty<Void> waiting;
		synchronized (this.lock) {
			waiting = this.hanging;
			this.hanging = null;
		}
		if (waiting == null) {
			throw new IllegalStateException("No start of probe '%s' hangs".formatted(this.name));
		}
		waiting.tryEmitEmpty();
	}

	/**
	 * How often a start was attempted.
	 * @return the number of attempts
	 */
	public int attempts() {
		synchronized (this.lock) {
			return this.attempts;
		}
	}

	Mono<Void> hangStart() {
		synchronized (this.lock) {
			Sinks.Empty<Void> sink = Sinks.empty();
			this.hanging = sink;
			return sink.asMono();
		}
	}

	void started(AgentPath path, long incarnation) {
		synchronized (this.lock) {
			this.path = path;
		}
		report(ProbeEvent.STARTED, incarnation, null);
	}

	boolean livesAt(AgentPath path) {
		synchronized (this.lock) {
			return path.equals(this.path);
		}
	}

	void report(ProbeEvent event, long incarnation, @Nullable Object detail) {
		this.probes.report(new ProbeEntry(this.name, event, incarnation, detail));
	}

	private Behaviour<Object> create() {
		StartAnswer answer;
		synchronized (this.lock) {
			this.attempts++;
			var general = this.fromAttempt.floorEntry(this.attempts);
			StartAnswer fallback = (general != null) ? general.getValue() : StartAnswer.OK;
			answer = this.atAttempt.getOrDefault(this.attempts, fallback);
		}
		report(ProbeEvent.START, 0, null);
		if (answer == StartAnswer.THROW) {
			throw new ProbeFailure("told to fail the start");
		}
		return new ProbeBehaviour(this, answer);
	}

}
