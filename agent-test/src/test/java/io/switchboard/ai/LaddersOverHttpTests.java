package io.switchboard.ai;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.recovery.RecoveryPolicy;
import io.switchboard.ai.recovery.RetryDelay;
import io.switchboard.ai.recovery.Rung;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.test.provider.ModelClient;
import io.switchboard.test.provider.ProviderProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Each class of failures, for each of Spring AI's clients, against a provider that is a
 * process of its own and does not recover: all that is told and all that is asked until
 * the turn is given up. The agent serves the next turn then, and knows what it knew.
 */
class LaddersOverHttpTests {

	/** The default ladders, less the waits. */
	private static final RecoveryPolicy HASTY = RecoveryPolicy.defaults()
		.withDelay(new RetryDelay(Duration.ofMillis(1), Duration.ofMinutes(1)));

	private static final AgentPath SUPPORT = AgentPath.of("/support");

	/** A model is switched to once. */
	private static final int FALLBACKS = 1;

	private static ProviderProcess provider;

	private final Conversations conversations = Conversations.inMemory();

	@BeforeAll
	static void start() throws IOException {
		provider = ProviderProcess.start("--scenario=echo:pace=0ms");
		// so that no short limit of a row is spent on loading a client
		for (ModelClient client : ModelClient.values()) {
			try (RunningAgents agents = new RunningAgents(
					ModelAgent.builder("support").model(client.model(provider.rootUrl(), "usual")).build())) {
				agents.ask("/support", "Are you there?");
			}
		}
	}

	@AfterAll
	static void stop() {
		provider.close();
	}

	@AfterEach
	void recover() {
		provider.recover();
	}

	@ParameterizedTest
	@MethodSource("rows")
	void whoeverStreamsIsToldOfEachRungToTheEnd(ModelClient client, LadderRow row) {
		try (RunningAgents agents = agents(client, row)) {
			int before = failForEver(row);

			List<TurnEvent> events = agents.turn("/support", Ladders.INPUT);

			assertThat(LadderEvents.of(events)).containsExactlyElementsOf(row.events());
			assertThat(texts(before)).containsExactlyElementsOf(requests(client, row));
			assertServesTheNext(agents);
		}
	}

	@ParameterizedTest
	@MethodSource("rows")
	void whoeverAsksIsToldOfTheEnd(ModelClient client, LadderRow row) {
		try (RunningAgents agents = agents(client, row)) {
			int before = failForEver(row);

			TurnEvent end = agents.ask("/support", Ladders.INPUT);

			assertThat(LadderEvents.of(end)).isEqualTo("turn-failed " + row.failure().id());
			assertThat(texts(before)).containsExactlyElementsOf(requests(client, row));
			assertServesTheNext(agents);
		}
	}

	static Stream<Arguments> rows() {
		return Arrays.stream(ModelClient.values())
			.flatMap((client) -> Ladders.rows().map((row) -> argumentSet(client + " " + row, client, row)));
	}

	@Test
	void noRungOfAnyClassIsLeftOut() {
		Map<FailureClass, List<List<String>>> climbed = Ladders.rows()
			.collect(Collectors.groupingBy(LadderRow::failure, () -> new EnumMap<>(FailureClass.class),
					Collectors.mapping(LadderRow::rungs, Collectors.toList())));

		// which has no ladder, and which no provider causes
		Set<FailureClass> others = EnumSet.complementOf(EnumSet.of(FailureClass.CONVERSATION_UNAVAILABLE));
		assertThat(climbed.keySet()).isEqualTo(others);
		assertThat(climbed)
			.allSatisfy((failure, rungs) -> assertThat(rungs).as(failure.id()).contains(defaultRungs(failure)));
	}

	@ParameterizedTest
	@EnumSource
	void theTimeThatTheProviderAsksForIsLeftToIt(ModelClient client) {
		try (RunningAgents agents = agents(client, Ladders.rows().findFirst().orElseThrow())) {
			int before = provider.requests().size();
			provider.order("{\"fault\": \"rate-limited\", \"retryAfter\": 1}");

			List<TurnEvent> events = agents.turn("/support", Ladders.INPUT);

			assertThat(LadderEvents.of(events)).containsExactly("turn-started", "recovering rate-limited retry 1",
					"token Hi?", "turn-completed Hi?");
			List<SeenRequest> requests = requestsAfter(before).toList();
			assertThat(requests).hasSize(2);
			assertThat(Duration.between(requests.get(0).at(), requests.get(1).at()))
				.isGreaterThanOrEqualTo(Duration.ofSeconds(1));
		}
	}

	private RunningAgents agents(ModelClient client, LadderRow row) {
		this.conversations.add(SUPPORT, "t0", Ladders.history()).block(RunningAgents.LIMIT);
		return new RunningAgents(row.agent()
			.apply(ModelAgent.builder("support")
				.model(client.model(provider.rootUrl(), "usual"))
				.fallback(client.model(provider.rootUrl(), "other"))
				.instructions(Ladders.INSTRUCTIONS)
				.conversations(this.conversations)
				.recovery(HASTY))
			.build());
	}

	/**
	 * Make the provider fail.
	 * @return how often it was asked before
	 */
	private static int failForEver(LadderRow row) {
		provider.order(row.fault().replace('\'', '"').replaceFirst("}$", ", \"times\": 50}"));
		return provider.requests().size();
	}

	private static List<String> texts(int from) {
		return requestsAfter(from).map(SeenRequest::text).toList();
	}

	private static Stream<SeenRequest> requestsAfter(int from) {
		return provider.requests().stream().skip(from).map(SeenRequest::of);
	}

	private static List<String> requests(ModelClient client, LadderRow row) {
		return row.requests().stream().map((request) -> request.replace("{end}", end(client))).toList();
	}

	/**
	 * How a client writes that an answer is complete.
	 */
	private static String end(ModelClient client) {
		return switch (client) {
			case OPENAI -> "STOP";
			case ANTHROPIC -> "end_turn";
			case OLLAMA -> "stop";
		};
	}

	private static void assertServesTheNext(RunningAgents agents) {
		provider.recover();

		assertThat(agents.ask("/support", Ladders.INPUT)).isInstanceOfSatisfying(TurnCompleted.class,
				(completed) -> assertThat(completed.answer()).isEqualTo(Ladders.INPUT));
		assertThat(texts(0)).last().isEqualTo(Ladders.request("usual", 4));
	}

	private static List<String> defaultRungs(FailureClass failure) {
		return RecoveryPolicy.defaults()
			.ladder(failure)
			.rungs()
			.stream()
			.filter((rung) -> !(rung instanceof Rung.GiveUp))
			.flatMap((rung) -> Collections
				.nCopies((rung instanceof Rung.SwitchModel) ? FALLBACKS : rung.times(), rung.id())
				.stream())
			.toList();
	}

}
