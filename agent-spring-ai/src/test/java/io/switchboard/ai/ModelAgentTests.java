package io.switchboard.ai;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import io.switchboard.Behaviour;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.recovery.Ladder;
import io.switchboard.ai.recovery.RecoveryPolicy;
import io.switchboard.ai.turn.FixtureContext;
import io.switchboard.ai.turn.FixtureModel;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnFailed;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.InvalidSpecificationException;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Shutdown;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ModelAgentTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final FixtureContext context = new FixtureContext();

	private final FixtureModel model = new FixtureModel();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void settingsReachTheSpecification() {
		AgentSpec<TurnRequest> spec = ModelAgent.builder("support")
			.model(this.model)
			.restart(Restart.TRANSIENT)
			.shutdown(Shutdown.after(Duration.ofSeconds(10)))
			.mailbox(MailboxSpec.defaults().withCapacity(5))
			.significant(true)
			.version("7")
			.build();

		assertThat(spec.id()).isEqualTo("support");
		assertThat(spec.messageTypes()).containsExactly(TurnRequest.class);
		assertThat(spec.restart()).isEqualTo(Restart.TRANSIENT);
		assertThat(spec.shutdown()).isEqualTo(Shutdown.after(Duration.ofSeconds(10)));
		assertThat(spec.mailbox().capacity()).isEqualTo(5);
		assertThat(spec.significant()).isTrue();
		assertThat(spec.version()).isEqualTo("7");
	}

	@Test
	void aTemplateNamesAgentsByTheirKeys() {
		Function<String, AgentSpec<TurnRequest>> template = ModelAgent.builder("support").model(this.model).template();

		assertThat(template.apply("ann").id()).isEqualTo("ann");
		assertThat(template.apply("bob").id()).isEqualTo("bob");
	}

	@Test
	void eachIncarnationGetsAFreshBehaviour() throws Exception {
		AgentSpec<TurnRequest> spec = ModelAgent.builder("support").model(this.model).build();

		assertThat(spec.factory().create()).isNotSameAs(spec.factory().create());
	}

	@Test
	void aMissingModelIsReported() {
		ModelAgent.Builder builder = ModelAgent.builder("support");

		assertThatExceptionOfType(InvalidSpecificationException.class).isThrownBy(builder::build)
			.withMessageContaining("model agent 'support'")
			.withMessageContaining("model, client: 0 are given");
	}

	@Test
	void twoModelsAreReported() {
		ModelAgent.Builder builder = ModelAgent.builder("support")
			.model(this.model)
			.client(ChatClient.builder(this.model));

		assertThatExceptionOfType(InvalidSpecificationException.class).isThrownBy(builder::build)
			.withMessageContaining("model, client: 2 are given");
	}

	@Test
	void askingPeopleWhoCannotAnswerIsReported() {
		ModelAgent.Builder builder = ModelAgent.builder("support")
			.model(this.model)
			.approvalFor("refund")
			.recovery(RecoveryPolicy.defaults().with(FailureClass.REFUSED, Ladder.of("ask-human")));

		assertThatExceptionOfType(InvalidSpecificationException.class).isThrownBy(builder::build)
			.withMessageContaining("approvals: calls of [refund] need somebody's approval")
			.withMessageContaining("recovery: a ladder has the rung 'ask-human'");
		assertThat(builder.approvals(new Approvals()).build()).isNotNull();
	}

	@Test
	void toolsOfTheSameNameAreReportedWithAllOtherProblems() {
		ModelAgent.Builder builder = ModelAgent.builder("support").tools(List.of(tool("lookup"), tool("lookup")));

		assertThatExceptionOfType(InvalidSpecificationException.class).isThrownBy(builder::template)
			.withMessageContaining("tools: two tools are named 'lookup'")
			.withMessageContaining("model, client");
	}

	@Test
	void aTemplateReportsMistakesBeforeTheFirstSession() {
		ModelAgent.Builder builder = ModelAgent.builder("support").model(this.model).significant(true);

		assertThatExceptionOfType(InvalidSpecificationException.class).isThrownBy(builder::template)
			.withMessageContaining("significant");
	}

	@Test
	void aTurnKnowsTheTurnsBefore() throws Exception {
		this.model.says("Hello Ann.").says("Ann.");
		Behaviour<TurnRequest> agent = agent(Conversations.inMemory());

		turn(agent, "I am Ann.").blockLast(PATIENCE);
		turn(agent, "Who am I?").blockLast(PATIENCE);

		assertThat(this.model.messagesOfCall(1)).extracting(Message::getText)
			.containsExactly("I am Ann.", "Hello Ann.", "Who am I?");
	}

	@Test
	void whoeverHearsOfTheEndFindsTheTurnInTheConversation() throws Exception {
		this.model.says("Hello.");
		Conversations conversations = Conversations.inMemory();

		Flux<TurnEvent> events = turn(agent(conversations), "Hi?");

		StepVerifier.create(events).expectNextCount(2).assertNext((event) -> {
			assertThat(event).isInstanceOf(TurnCompleted.class);
			assertThat(texts(conversations)).containsExactly("Hi?", "Hello.");
		}).expectComplete().verify(PATIENCE);
	}

	@Test
	void callsOfToolsAreNotKept() throws Exception {
		this.model.calls(FixtureModel.call("c1", "lookup", "{}")).says("Shipped.");
		Conversations conversations = Conversations.inMemory();

		turn(agent(conversations, tool("lookup")), "Where is it?").blockLast(PATIENCE);

		assertThat(texts(conversations)).containsExactly("Where is it?", "Shipped.");
	}

	@Test
	void aFailedTurnLeavesTheConversationAsItWas() throws Exception {
		this.model.says("Hello.").answers(Flux.error(new IOException("cut")));
		Conversations conversations = Conversations.inMemory();
		Behaviour<TurnRequest> agent = agent(conversations);
		turn(agent, "Hi?").blockLast(PATIENCE);

		TurnEvent last = turn(agent, "Still there?").blockLast(PATIENCE);

		assertThat(last).isInstanceOf(TurnFailed.class);
		assertThat(texts(conversations)).containsExactly("Hi?", "Hello.");
	}

	@Test
	void aCrashedTurnLeavesTheConversationAsItWas() throws Exception {
		this.model.says("Hello.").calls(FixtureModel.call("c1", "broken", "{}"));
		Conversations conversations = Conversations.inMemory();
		Behaviour<TurnRequest> agent = agent(conversations, FunctionToolCallback.builder("broken", () -> {
			throw new IllegalStateException("bug");
		}).description("For tests").build());
		turn(agent, "Hi?").blockLast(PATIENCE);

		StepVerifier.create(turn(agent, "Crash!")).expectNextCount(3).expectErrorMessage("bug").verify(PATIENCE);

		assertThat(texts(conversations)).containsExactly("Hi?", "Hello.");
	}

	private Behaviour<TurnRequest> agent(Conversations conversations, ToolCallback... tools) throws Exception {
		return ModelAgent.builder("support")
			.model(this.model)
			.conversations(conversations)
			.recovery(RecoveryPolicy.defaults().with(FailureClass.NETWORK, Ladder.of()))
			.tools(List.of(tools))
			.build()
			.factory()
			.create();
	}

	private Flux<TurnEvent> turn(Behaviour<TurnRequest> agent, String input) throws Exception {
		return Flux.from(agent.onMessage(new TurnRequest("t", input), this.context)).cast(TurnEvent.class);
	}

	private List<String> texts(Conversations conversations) {
		Mono<List<String>> texts = conversations.transcript(this.context.path())
			.map((messages) -> messages.stream().map(Message::getText).toList());
		return texts.blockOptional(PATIENCE).orElseThrow();
	}

	private static ToolCallback tool(String name) {
		return FunctionToolCallback.builder(name, () -> "ok").description("For tests").build();
	}

}
