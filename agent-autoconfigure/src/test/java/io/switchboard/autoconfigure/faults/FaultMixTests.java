package io.switchboard.autoconfigure.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.switchboard.AgentPath;
import io.switchboard.ai.model.ModelProviderStatistics;
import io.switchboard.ai.turn.TurnQuota;
import io.switchboard.autoconfigure.line.AnthropicLineAutoConfiguration;
import io.switchboard.autoconfigure.line.OllamaLineAutoConfiguration;
import io.switchboard.autoconfigure.line.OpenAiLineAutoConfiguration;
import io.switchboard.autoconfigure.openai.OpenAiStreamsAutoConfiguration;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.WorkerStatistics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.http.okhttp.AnthropicHttpClientBuilderCustomizer;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.model.anthropic.autoconfigure.AnthropicChatAutoConfiguration;
import org.springframework.ai.model.ollama.autoconfigure.OllamaApiAutoConfiguration;
import org.springframework.ai.model.ollama.autoconfigure.OllamaChatAutoConfiguration;
import org.springframework.ai.model.openai.autoconfigure.OpenAiChatAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.retry.autoconfigure.SpringAiRetryAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Turns of many sessions with a provider, tools, people and clients that do whatever can
 * go wrong, and with agents that are killed, stopped and suspended. Some seconds unless
 * {@code -Dtests.faults=PT1H} or the like says otherwise; {@code -Dtests.faults.seed}
 * repeats the choices, though not how threads take turns.
 */
class FaultMixTests {

	private static final Logger logger = LoggerFactory.getLogger(FaultMixTests.class);

	private static final List<String> NOISY = List.of("io.switchboard.ai", "io.switchboard.runtime",
			MessageAggregator.class.getName(), AnthropicChatModel.class.getName(), "reactor.netty", "io.netty",
			"reactor.core.publisher.Operators");

	private static final Set<String> OF_A_TURN = Set.of("io.switchboard.ai.turn.TurnRun",
			"io.switchboard.ai.model.Ticket", "io.switchboard.autoconfigure.line.OkHttpCall",
			"io.switchboard.autoconfigure.line.OllamaCall", "io.switchboard.runtime.AgentCell",
			"io.switchboard.runtime.HandlerRun", "io.switchboard.runtime.Incarnation",
			"io.switchboard.runtime.PendingAsk", "io.switchboard.runtime.PendingStream",
			"io.switchboard.runtime.TaskRun");

	private static final Duration DURATION = Duration.parse(System.getProperty("tests.faults", "PT10S"));

	private static final long SEED = Long.getLong("tests.faults.seed", System.nanoTime());

	/**
	 * Where to write the heap to if something of a turn is kept, if anywhere.
	 */
	private static final @Nullable String DUMP = System.getProperty("tests.faults.dump");

	private static final Duration PATIENCE = MixedClients.PATIENCE;

	private final Complaints complaints = new Complaints(SEED);

	private final FaultyTools tools = new FaultyTools(this.complaints::add);

	private final Stops stops = new Stops();

	@Test
	void eachTurnEndsOnceAndNothingIsLeft() {
		logger.info("-Dtests.faults={} -Dtests.faults.seed={}", DURATION, SEED);
		quietly(this::mix);
	}

	private void mix() {
		List<Thread> before = threads();
		try (FaultyProvider provider = FaultyProvider.start(SEED)) {
			application(provider.rootUrl()).run((context) -> run(context, provider));
			eventually("connections left", 0, provider::openConnections);
			logger.info("Replies: {}", provider.end());
		}
		eventually("threads left", List.of(), () -> newThreads(before));
	}

	private static ApplicationContextRunner application(String provider) {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(OpenAiStreamsAutoConfiguration.class, OpenAiLineAutoConfiguration.class,
							AnthropicLineAutoConfiguration.class, OllamaLineAutoConfiguration.class,
							OpenAiChatAutoConfiguration.class, AnthropicChatAutoConfiguration.class,
							ReactiveHttpClientAutoConfiguration.class, WebClientAutoConfiguration.class,
							OllamaApiAutoConfiguration.class, OllamaChatAutoConfiguration.class,
							ToolCallingAutoConfiguration.class, SpringAiRetryAutoConfiguration.class))
			// Nobody closes these, and those that are idle are not to hide any that are
			// not
			.withBean(AnthropicHttpClientBuilderCustomizer.class,
					() -> (client) -> client.maxIdleConnections(0).keepAliveDuration(Duration.ofMillis(1)))
			.withBean(ReactorResourceFactory.class)
			.withPropertyValues("spring.ai.openai.base-url=" + provider + "/v1", "spring.ai.openai.api-key=any",
					"spring.ai.openai.chat.model=fake-model", "spring.ai.openai.chat.max-retries=0",
					"spring.ai.anthropic.base-url=" + provider, "spring.ai.anthropic.api-key=any",
					"spring.ai.anthropic.max-retries=0", "spring.ai.ollama.base-url=" + provider,
					"spring.ai.ollama.chat.model=fake-model", "spring.ai.retry.max-attempts=0");
	}

	/**
	 * Each fault is worth a line in the log, which here is too much.
	 */
	private static void quietly(Runnable work) {
		LoggingSystem logging = LoggingSystem.get(FaultMixTests.class.getClassLoader());
		NOISY.forEach((name) -> logging.setLogLevel(name, LogLevel.OFF));
		try {
			work.run();
		}
		finally {
			NOISY.forEach((name) -> logging.setLogLevel(name, null));
		}
	}

	private void run(ApplicationContext context, FaultyProvider provider) {
		MixedAgents agents = new MixedAgents(context, this.tools);
		AgentSystem system = agents.system();
		system.start().block(PATIENCE);
		LiveObjects empty = LiveObjects.count();

		List<AgentPath> sessions = MixedClients.sessions();
		Trouble trouble = new Trouble(agents, sessions, this.stops, SEED);
		MixedClients clients = new MixedClients(agents, this.stops, this.complaints, SEED);
		Disposable making = trouble.make();
		clients.ask(DURATION).block(DURATION.plus(PATIENCE).plus(PATIENCE));
		making.dispose();

		logger.info("Turns: {}", clients.counts());
		logger.info("Tools: {}", this.tools.counts());
		logger.info("Trouble: {}", trouble.counts());
		assertThat(this.complaints.all()).isEmpty();
		assertThat(clients.counts().of("turns")).as("turns").isGreaterThan(sessions.size());
		assertThatNothingIsUnderWay(agents, provider);
		clients.assertThatWhatWasSaidIsKeptOnce();
		Flux.fromIterable(sessions)
			.concatMap((session) -> system.supervisor(Objects.requireNonNull(session.parent()))
				.terminateChild(session.name())
				.onErrorComplete())
			.then()
			.block(PATIENCE);
		assertThatNoTurnIsKept(agents.providers().size(), empty);
		LiveObjects left = LiveObjects.count();
		logger.info("{} kB live before, {} kB after", empty.bytes() / 1024, left.bytes() / 1024);
		logger.debug("Left: {}", left.since(empty));
		system.stop().block(PATIENCE);
	}

	private static void assertThatNothingIsUnderWay(MixedAgents agents, FaultyProvider provider) {
		AgentSystem system = agents.system();
		eventually("exchanges left", List.of(), provider::openExchanges);
		eventually("tasks left", List.of(), () -> Trouble.below(system, MixedAgents.TOOLS));
		eventually("experts left", List.of(), () -> Trouble.below(system, MixedAgents.EXPERTS));
		eventually("approvals left", List.of(), agents.approvals()::waiting);
		for (TurnQuota quota : agents.quotas()) {
			eventually("places left of " + quota.name(), 0, quota::running);
		}
		agents.providers().forEach((provided) -> {
			eventually("calls left of " + provided, 0, () -> provided.statistics().running());
			eventually("calls waiting of " + provided, 0, () -> provided.statistics().waiting());
			ModelProviderStatistics all = provided.statistics();
			logger.info("Calls of {}: {}", provided, all);
		});
		eventually("work left", List.of(0, 0, 0, 0, 0), () -> {
			WorkerStatistics workers = system.workerStatistics();
			return List.of(workers.active(), workers.held(), workers.abandoned(), workers.blockingActive(),
					workers.blockingWaiting());
		});
	}

	/**
	 * Nothing of what runs a turn outlives it. A provider goes by the clock of the agent
	 * that has called last, and so keeps one life. Tests before may have left agents.
	 */
	private static void assertThatNoTurnIsKept(int lives, LiveObjects before) {
		eventually("turns kept", Map.of(), () -> {
			LiveObjects.count();
			Map<String, Long> kept = new TreeMap<>(LiveObjects.count().since(before));
			kept.keySet().retainAll(OF_A_TURN);
			kept.values().removeIf((count) -> count <= lives);
			return kept;
		}, () -> LiveObjects.dump(DUMP));
	}

	private static List<Thread> threads() {
		return List.copyOf(Thread.getAllStackTraces().keySet());
	}

	/**
	 * Threads that belong to the system or keep the process from its end.
	 */
	private static List<Thread> newThreads(List<Thread> before) {
		return threads().stream()
			.filter((thread) -> !before.contains(thread))
			.filter((thread) -> !thread.isDaemon() || thread.getName().startsWith("switchboard"))
			.toList();
	}

	/**
	 * What is told to end does so a moment later.
	 */
	private static <T> void eventually(String what, T expected, Supplier<T> actual) {
		eventually(what, expected, actual, () -> {
		});
	}

	private static <T> void eventually(String what, T expected, Supplier<T> actual, Runnable ifNot) {
		long until = System.nanoTime() + PATIENCE.toNanos();
		while (!expected.equals(actual.get()) && System.nanoTime() - until < 0) {
			LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
		}
		T last = actual.get();
		if (!expected.equals(last)) {
			ifNot.run();
		}
		assertThat(last).as("%s, with the seed %d", what, SEED).isEqualTo(expected);
	}

}
