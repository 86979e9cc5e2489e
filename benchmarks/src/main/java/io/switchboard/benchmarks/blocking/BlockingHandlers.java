package io.switchboard.benchmarks.blocking;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.benchmarks.measurement.Figures;
import io.switchboard.benchmarks.measurement.Histogram;
import io.switchboard.benchmarks.measurement.Pauses;
import io.switchboard.benchmarks.measurement.ProcessReadings;
import io.switchboard.benchmarks.measurement.Stopwatch;
import io.switchboard.benchmarks.works.Abort;
import io.switchboard.benchmarks.works.Computation;
import io.switchboard.benchmarks.works.Parameters;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.BlockingThreads;
import io.switchboard.runtime.WorkerSettings;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.SupervisorSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets agents with blocking handlers be asked again and again, each by one client, and
 * prints what was measured as one line of JSON. Some may compute without an end
 * meanwhile.
 */
public final class BlockingHandlers {

	private static final Set<String> PARAMETERS = Set.of("threads", "max", "agents", "rounds", "hold_ms", "hogs",
			"hogs_after_ms", "seconds");

	private static final AgentPath DESK = AgentPath.of("/desk");

	private final Parameters parameters;

	private final AgentSystem system;

	private BlockingHandlers(Parameters parameters) {
		this.parameters = parameters;
		BlockingThreads threads = BlockingThreads
			.valueOf(parameters.choice("threads", "automatic", "virtual", "platform").toUpperCase(Locale.ROOT));
		this.system = AgentSystem
			.builder(SupervisorSpec.builder("root")
				.child(DynamicSupervisorSpec.builder(DESK.name()).template(this::agent).build())
				.build())
			.workers(WorkerSettings.defaults().withBlocking(threads, parameters.number("max", 256)))
			.build();
	}

	/**
	 * Measure.
	 * @param arguments {@code name=value} each
	 */
	public static void main(String[] arguments) {
		try {
			Parameters parameters = Parameters.of(List.of(arguments), PARAMETERS);
			Map<String, Object> line = new LinkedHashMap<>();
			line.put("jdk", Runtime.version().feature());
			line.put("work", "blocking");
			line.put("params", parameters.values());
			line.put("figures", new BlockingHandlers(parameters).run().values());
			System.out.println(JsonMapper.shared().writeValueAsString(line));
			Runtime.getRuntime().halt(0);
		}
		catch (Exception ex) {
			Abort.because(ex);
		}
	}

	private AgentSpec<Object> agent(String name) {
		int millis = this.parameters.number("hold_ms", 20);
		return AgentSpec.builder(name, Object.class, () -> (message, context) -> handle(message, millis))
			.blocking(true)
			.build();
	}

	private static Mono<Object> handle(Object message, int millis) {
		if (message instanceof Hog hog) {
			Computation.until(hog.until());
		}
		else if (millis > 0) {
			Pauses.ofMillis(millis);
		}
		return Mono.just(message);
	}

	private Figures run() {
		int agents = this.parameters.number("agents", 10_000);
		int rounds = this.parameters.number("rounds", 20);
		int hogs = this.parameters.number("hogs", 0);
		this.system.start().block();
		Histogram warm = new Histogram();
		ask(agents, Math.max(1, rounds / 5), warm).blockLast();
		long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(this.parameters.number("seconds", 3));
		Histogram latencies = new Histogram();
		Stopwatch stopwatch = Stopwatch.start();
		ask(agents, rounds, latencies).mergeWith(hogs(hogs, until)).blockLast();
		Stopwatch.Lap lap = stopwatch.stop();
		return new Figures().add("seconds", lap.seconds())
			.add("per_s", (double) agents * rounds / lap.seconds())
			.add("p50_us", latencies.micros(0.5))
			.add("p99_us", latencies.micros(0.99))
			.add("max_us", latencies.micros(1 - 1e-9))
			.add("cpu_us_each", lap.cpuSeconds() * 1e6 / agents / rounds)
			.add("hwm_kb", ProcessReadings.peakResidentKb());
	}

	private Flux<Object> ask(int agents, int rounds, Histogram latencies) {
		return Flux.range(0, agents).flatMap((i) -> {
			AgentRef<Object> agent = this.system.agent(DESK.child("agent-" + i), Object.class);
			return Mono.defer(() -> {
				long begin = System.nanoTime();
				return agent.ask("x", Object.class).doOnNext((answer) -> latencies.add(System.nanoTime() - begin));
			}).repeat(rounds - 1);
		}, agents, 1);
	}

	/**
	 * Let some agents compute, when all others have begun.
	 * @param hogs how many
	 * @param until when they end
	 * @return does it, and says nothing
	 */
	private Mono<Object> hogs(int hogs, long until) {
		return Mono.delay(Duration.ofMillis(this.parameters.number("hogs_after_ms", 50))).flatMap((tick) -> {
			for (int i = 0; i < hogs; i++) {
				this.system.agent(DESK.child("hog-" + i), Object.class).tell(new Hog(until));
			}
			return Mono.empty();
		});
	}

	/**
	 * Compute, and nothing else.
	 *
	 * @param until when it ends
	 */
	private record Hog(long until) {

	}

}
