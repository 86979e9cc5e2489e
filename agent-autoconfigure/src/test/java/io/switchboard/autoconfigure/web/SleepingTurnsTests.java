package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.switchboard.AgentPath;
import io.switchboard.ai.ModelAgents;
import io.switchboard.ai.approval.ApprovalRequest;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.approval.Decision;
import io.switchboard.ai.tool.ToolPolicy;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;
import io.switchboard.journal.Journal;
import io.switchboard.journal.JournalTurn;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static io.switchboard.autoconfigure.web.DeskClient.events;
import static io.switchboard.autoconfigure.web.DeskClient.problem;
import static io.switchboard.autoconfigure.web.DurableDesk.after;
import static io.switchboard.autoconfigure.web.DurableDesk.key;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for turns that wait for a person while their agents are not in memory. These
 * leave it at once; how long they take for that makes no difference to the tests.
 */
class SleepingTurnsTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final AgentPath ANN = AgentPath.of("/support/ann");

	private static final String TURNS = "/agents/support/ann/turns";

	private static final String APPROVALS = "/agents/support/ann/approvals";

	private static final String EVENTS = "/agents/support/ann/events";

	private final FakeProvider provider = FakeProvider.start();

	private final StoredJournal journal = new StoredJournal();

	private final AtomicInteger refunds = new AtomicInteger();

	private final Sinks.Many<AgentEvent> news = Sinks.many().replay().all();

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	private DeskClient desk = new DeskClient(0);

	@AfterEach
	void close() {
		this.contexts.forEach(ConfigurableApplicationContext::close);
		this.provider.close();
	}

	@Test
	void readersReadOnWhereTheTurnWasLeft() {
		start();
		StepVerifier session = StepVerifier.create(types(follow(0)).take(6))
			.expectNext("1 turn-started", "2 awaiting-approval", "3 tool-call", "4 tool-result", "5 token",
					"6 turn-completed")
			.expectComplete()
			.verifyLater();
		StepVerifier turn = StepVerifier.create(types(ask()))
			.expectNext("1 turn-started", "2 awaiting-approval", "3 tool-call", "4 tool-result", "5 token",
					"6 turn-completed")
			.expectComplete()
			.verifyLater();
		asleep();

		this.desk.get(APPROVALS).expectBody().jsonPath("$.approvals[0].tool").isEqualTo("refund");
		this.desk.get("/agents/support/ann").expectStatus().isOk().expectBody().json("{\"status\": \"stopped\"}");
		approve();

		turn.verify(SOON);
		session.verify(SOON);
		assertThat(this.refunds).hasValue(1);
		assertThat(this.provider.exchanges()).hasSize(2);
	}

	@Test
	void aTurnThatNobodyReadsIsNotKeptInMemory() {
		start();
		StepVerifier.create(types(ask())).expectNextCount(2).thenCancel().verify(SOON);
		asleep();
		await(() -> bean(SessionFeeds.class).find(ANN) == null);

		ApprovalRequest asked = bean(Approvals.class).waiting(ANN).get(0);
		bean(Approvals.class).decide(ANN, asked.turn(), asked.call(), new Decision.Approve());

		StepVerifier.create(types(follow(2)).take(4))
			.expectNext("3 tool-call", "4 tool-result", "5 token", "6 turn-completed")
			.expectComplete()
			.verify(SOON);
		assertThat(this.refunds).hasValue(1);
		assertThat(this.provider.exchanges()).hasSize(2);
		this.desk.get("/agents/support/ann").expectBody().json("""
				{"transcript": [{"role": "user", "text": "Refund it"}, {"role": "assistant", "text": "Done."}]}""");
	}

	@Test
	void whoWaitsForTheAnswerGetsIt() {
		start();
		Mono<String> answer = answer("Refund it");
		StepVerifier answered = StepVerifier.create(answer)
			.assertNext((body) -> assertThat(body).contains("\"answer\":\"Done.\"", "\"steps\":2"))
			.expectComplete()
			.verifyLater();
		asleep();

		approve();

		answered.verify(SOON);
	}

	@Test
	void whoComesBackWithTheSameKeyFindsTheTurn() {
		start();
		StepVerifier.create(types(events(this.desk.stream(TURNS, "Refund it", key("k1")))))
			.expectNextCount(2)
			.thenCancel()
			.verify(SOON);
		asleep();

		Flux<ServerSentEvent<String>> again = events(this.desk.stream(TURNS, "Refund it", key("k1").andThen(after(2))));
		StepVerifier reader = StepVerifier.create(types(again))
			.expectNext("3 tool-call", "4 tool-result", "5 token", "6 turn-completed")
			.expectComplete()
			.verifyLater();
		approve();

		reader.verify(SOON);
		assertThat(this.refunds).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aTurnIsCancelledAsleep(boolean isRead) {
		start();
		Flux<String> read = types(ask());
		StepVerifier reader = isRead ? StepVerifier.create(read)
			.expectNext("1 turn-started", "2 awaiting-approval", "3 turn-cancelled")
			.expectComplete()
			.verifyLater() : StepVerifier.create(read).expectNextCount(2).thenCancel().verifyLater();
		asleep();
		if (!isRead) {
			reader.verify(SOON);
			await(() -> bean(SessionFeeds.class).find(ANN) == null);
		}
		String turn = bean(Approvals.class).waiting(ANN).get(0).turn();

		this.desk.delete(TURNS + "/" + turn).expectStatus().isNoContent();

		if (isRead) {
			reader.verify(SOON);
		}
		StepVerifier.create(types(follow(2)).take(1)).expectNext("3 turn-cancelled").expectComplete().verify(SOON);
		this.desk.get(APPROVALS).expectBody().json("{\"approvals\": []}");
		problem(this.desk.delete(TURNS + "/" + turn), 404, "unknown-turn");
		assertThat(openTurns()).isEmpty();
		assertThat(this.refunds).hasValue(0);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anotherTurnWaitsForTheOneThatIsAsleep(boolean overHttp) {
		start();
		StepVerifier.create(types(ask())).expectNextCount(2).thenCancel().verify(SOON);
		asleep();
		this.provider.enqueue(Reply.answer("Hello."));

		Mono<String> second = overHttp ? answer("Hi?")
				: ModelAgents.ask(bean(AgentSystem.class).agent(ANN, TurnRequest.class), "Hi?").cache();
		StepVerifier answered = StepVerifier.create(second)
			.assertNext((answer) -> assertThat(answer).contains("Hello."))
			.expectComplete()
			.verifyLater();
		await(() -> bean(AgentSystem.class).typeOf(ANN) != null && bean(Approvals.class).asleep(ANN) == null);
		assertThat(this.provider.exchanges()).hasSize(1);
		approve();

		answered.verify(SOON);
		assertThat(this.provider.exchanges()).hasSize(3);
		assertThat(Objects.requireNonNull(this.provider.exchanges().get(2)).request().messages().toString())
			.contains("Done.", "Hi?");
		assertThat(this.refunds).hasValue(1);
	}

	@Test
	void aSessionIsDeletedAsleep() {
		start();
		StepVerifier.create(types(ask())).expectNextCount(2).thenCancel().verify(SOON);
		asleep();

		this.desk.delete("/agents/support/ann").expectStatus().isNoContent();

		this.desk.get(APPROVALS).expectBody().json("{\"approvals\": []}");
		problem(this.desk.get("/agents/support/ann"), 404, "unknown-session");
		StepVerifier.create(this.journal.find(ANN)).expectComplete().verify(SOON);
		assertThat(this.refunds).hasValue(0);
	}

	@Test
	void aTurnGoesOnAfterARestartOfTheApplicationThatWasAsleep() {
		start();
		StepVerifier.create(types(ask())).expectNextCount(2).thenCancel().verify(SOON);
		asleep();
		this.contexts.get(0).close();

		start();
		await(() -> !bean(Approvals.class).waiting(ANN).isEmpty());
		approve();

		StepVerifier.create(types(follow(0)).take(6))
			.expectNext("1 turn-started", "2 awaiting-approval", "3 tool-call", "4 tool-result", "5 token",
					"6 turn-completed")
			.expectComplete()
			.verify(SOON);
		assertThat(this.refunds).hasValue(1);
		assertThat(this.provider.exchanges()).hasSize(2);
	}

	@Test
	void aDecisionWaitsForAStoreThatIsAway() {
		start();
		StepVerifier reader = StepVerifier.create(types(ask()))
			.expectNextCount(5)
			.expectNext("6 turn-completed")
			.expectComplete()
			.verifyLater();
		asleep();
		this.journal.goAway(true);

		decide().expectStatus().isAccepted();
		this.journal.goAway(false);

		reader.verify(SOON);
		assertThat(this.refunds).hasValue(1);
	}

	private void start() {
		String[] properties = { "server.port=0", "server.address=127.0.0.1", "spring.ai.model.chat=none",
				"spring.ai.openai.api-key=none", "spring.lifecycle.timeout-per-shutdown-phase=100ms",
				"switchboard.agents.support.per-session=true", "switchboard.agents.support.instructions=Be kind.",
				"switchboard.agents.support.tools=refunds", "switchboard.agents.support.idle-timeout=1ms" };
		this.contexts.add(new SpringApplicationBuilder(Refunding.class).web(WebApplicationType.REACTIVE)
			.properties(properties)
			.initializers((context) -> beans((GenericApplicationContext) context))
			.run());
		this.desk = new DeskClient(context().getEnvironment().getRequiredProperty("local.server.port", Integer.class));
		if (this.provider.exchanges().isEmpty()) {
			this.provider.enqueue(Reply.toolCall("refund", "{}"), Reply.answer("Done."));
		}
	}

	private void beans(GenericApplicationContext context) {
		context.registerBean(Journal.class, () -> this.journal);
		context.registerBean(FakeProvider.class, () -> this.provider,
				(definition) -> definition.setDestroyMethodName(""));
		context.registerBean("refunds", Refunds.class, () -> new Refunds(this.refunds));
		context.registerBean("news", AgentEventListener.class,
				() -> (event) -> this.news.emitNext(event, Sinks.EmitFailureHandler.busyLooping(SOON)));
	}

	private ConfigurableApplicationContext context() {
		return this.contexts.get(this.contexts.size() - 1);
	}

	private <T> T bean(Class<T> type) {
		return context().getBean(type);
	}

	private Flux<ServerSentEvent<String>> ask() {
		return events(this.desk.stream(TURNS, "Refund it"));
	}

	private Mono<String> answer(String input) {
		return Mono
			.fromCallable(() -> new String(
					Objects.requireNonNull(this.desk.ask(TURNS, input).expectBody().returnResult().getResponseBody())))
			.subscribeOn(Schedulers.boundedElastic())
			.cache();
	}

	private Flux<ServerSentEvent<String>> follow(long known) {
		return events(this.desk.get(EVENTS, MediaType.TEXT_EVENT_STREAM, after(known)));
	}

	private static Flux<String> types(Flux<ServerSentEvent<String>> events) {
		return events.map((event) -> event.id() + " " + event.event());
	}

	private void asleep() {
		StepVerifier
			.create(this.news.asFlux()
				.filter((event) -> event instanceof AgentEvent.Stopped && event.path().equals(ANN))
				.next())
			.expectNextCount(1)
			.expectComplete()
			.verify(SOON);
		await(() -> bean(AgentSystem.class).typeOf(ANN) == null);
		assertThat(bean(Approvals.class).waiting(ANN)).hasSize(1);
	}

	private void approve() {
		decide().expectStatus().isNoContent();
	}

	private ResponseSpec decide() {
		ApprovalRequest asked = bean(Approvals.class).waiting(ANN).get(0);
		return this.desk.send(TURNS + "/" + asked.turn() + "/approvals/" + asked.call(), "application/json",
				"{\"decision\": \"approve\"}");
	}

	private List<JournalTurn> openTurns() {
		return Objects.requireNonNull(this.journal.openTurns().collectList().block(SOON));
	}

	private static void await(BooleanSupplier condition) {
		StepVerifier
			.create(Mono.fromSupplier(condition::getAsBoolean)
				.repeat()
				.subscribeOn(Schedulers.boundedElastic())
				.filter((met) -> met)
				.next())
			.expectNext(true)
			.expectComplete()
			.verify(SOON);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Refunding {

		@Bean
		OpenAiChatModel chatModel(FakeProvider provider) {
			return OpenAiChatModel.builder()
				.options(OpenAiChatOptions.builder()
					.baseUrl(provider.baseUrl())
					.apiKey("any")
					.model("fake-model")
					.maxRetries(0)
					.streamUsage(true)
					.build())
				.build();
		}

	}

	static class Refunds {

		private final AtomicInteger made;

		Refunds(AtomicInteger made) {
			this.made = made;
		}

		@Tool(description = "Refunds an order")
		@ToolPolicy(needsApproval = true)
		String refund() {
			return "refund " + this.made.incrementAndGet();
		}

	}

}
