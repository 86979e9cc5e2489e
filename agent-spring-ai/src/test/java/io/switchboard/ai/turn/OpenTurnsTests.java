package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.observation.ObservationRegistry;
import io.switchboard.AgentPath;
import io.switchboard.Handling;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.failure.FailureClassifier;
import io.switchboard.ai.recovery.RecoveryPolicy;
import io.switchboard.ai.tool.ToolCaller;
import io.switchboard.ai.tool.ToolOffer;
import io.switchboard.ai.tool.ToolRunner;
import io.switchboard.ai.tool.ToolSettings;
import io.switchboard.ai.turn.OpenTurns.OpenTurn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.content.Media;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a life leaves to the next one when it is cut off in an unlucky moment.
 */
class OpenTurnsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final FixtureContext context = new FixtureContext();

	private final List<String> forgotten = new ArrayList<>();

	private final OpenTurns open = new OpenTurns((agent, turn) -> this.forgotten.add(turn));

	private final TurnRequest request = new TurnRequest("t1", "Hi?");

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void aLifeThatDoesNotLeadTheTurnAnyMoreWritesNothing() {
		OpenTurn turn = this.open.begin(this.context.path(), this.request);
		turn.ledBy("life 1");
		assertThat(turn.write("life 1", new TurnInput.Begun(List.of(), 0, 0), 0)).isTrue();

		turn.ledBy("life 2");

		assertThat(turn.write("life 1", new TurnInput.Waited(), 0)).isFalse();
		assertThat(turn.write("life 2", new TurnInput.Resumed(), 0)).isTrue();
		assertThat(turn.inputs()).containsExactly(new TurnInput.Begun(List.of(), 0, 0), new TurnInput.Resumed());
	}

	@Test
	void whatALifeKnowsIsNotKeptLongerThanTheLife() {
		OpenTurn turn = this.open.begin(this.context.path(), this.request);
		turn.ledBy("life 1");

		turn.leftBy("another life");
		assertThat(turn.isLedBy("life 1")).isTrue();
		turn.leftBy("life 1");

		assertThat(turn.isLedBy("life 1")).isFalse();
		assertThat(turn.write("life 1", new TurnInput.Waited(), 0)).isFalse();
	}

	@Test
	void aTurnThatIsOverKeepsNoTools() {
		OpenTurn turn = this.open.begin(this.context.path(), this.request);
		turn.offer(ToolOffer.of(List.of(), Map.of()));

		this.open.end(this.request, this.context, turn);

		assertThat(turn.offered()).isNull();
	}

	@Test
	void turnsWhoseRequestsAreGoneAreForgottenButForTheLatest() {
		for (int i = 0; i < 1_001; i++) {
			beginAndLose("lost-" + i);
		}

		this.open.begin(this.context.path(), this.request);

		assertThat(this.forgotten).containsExactly("lost-0");
	}

	@Test
	void aTurnThatAnotherRequestGoesOnWithIsNotForgotten() {
		AgentPath agent = this.context.path();
		OpenTurn turn = this.open.begin(agent, this.request);
		Objects.requireNonNull(turn.asked).enqueue();
		assertThat(this.open.find(new TurnRequest("t1", "Hi?"), this.context)).isSameAs(turn);

		for (int i = 0; i < 1_001; i++) {
			beginAndLose("lost-" + i);
		}
		this.open.begin(AgentPath.of("/another"), this.request);

		assertThat(this.forgotten).containsExactly("lost-0");
		assertThat(this.open.find(this.request, this.context)).isSameAs(turn);
	}

	private void beginAndLose(String turn) {
		OpenTurn begun = this.open.begin(AgentPath.of("/" + turn), new TurnRequest(turn, "Hi?"));
		Objects.requireNonNull(begun.asked).enqueue();
	}

	@Test
	void aTurnThatCannotBeFollowedIsGivenUp() {
		OpenTurn turn = this.open.begin(this.context.path(), this.request);
		turn.ledBy("life 1");
		turn.write("life 1", new TurnInput.Begun(List.of(), 0, 0), 0);
		turn.write("life 1", new TurnInput.ToolStarted("nobody asked for this"), 0);
		TurnObserver observer = new TurnObserver("support", "", ObservationRegistry.NOOP, List.of());
		TurnMeans means = new TurnMeans(this.context, List.of(),
				new ToolRunner(new ToolCaller(this.context.path(), 8, "t1"), ToolSettings.defaults(), this.context),
				CallSchedulers.of(this.context), TurnConversation.of(List.of()), HistoryWindow.all(),
				FailureClassifier.known(), AnswerCheck.none(), Prices.none(), new Approvals(), this.open,
				new ObservedTurn(observer, ObservedPart.NONE), null);
		TurnMachine machine = new TurnMachine(this.request,
				new TurnSettings(RecoveryPolicy.defaults(), Budget.defaults(), 1, (tool) -> false, (tool) -> false),
				() -> 0);
		TurnRun life = new TurnRun(this.request, means, machine, turn, new TurnPlaces(List.of(), this.context), null);
		turn.ledBy(life);

		StepVerifier.create(life.resume())
			.expectNext(new TurnStarted("t1"))
			.expectNextMatches((event) -> event instanceof TurnFailed failed && failed.failure().equals("bug"))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.open.find(this.request, this.context)).isNull();
	}

	@Test
	void aTurnIsFoundByItsWholeRequest() {
		OpenTurn turn = this.open.begin(this.context.path(), this.request);
		List<Media> picture = List.of(Media.builder().mimeType(Media.Format.IMAGE_PNG).data(new byte[] { 1 }).build());

		assertThat(this.open.find(new TurnRequest("t1", "Hi?"), this.context)).isSameAs(turn);
		assertThat(this.open.find(new TurnRequest("t2", "Hi?"), this.context)).isNull();
		assertThat(this.open.find(new TurnRequest("t1", "Bye?"), this.context)).isNull();
		assertThat(this.open.find(this.request.withMedia(picture), this.context)).isNull();
		assertThat(this.open.find(this.request.withOutput(OutputType.of(String.class)), this.context)).isNull();
	}

	@Test
	void anotherRequestOfTheSameIdBeginsAnew() {
		Sinks.Empty<Void> askedAgain = Sinks.empty();
		FixtureModel model = new FixtureModel().calls(FixtureModel.call("c1", "nobody knows it", "{}"))
			.answers(Flux.<ChatResponse>never().doOnSubscribe((subscription) -> askedAgain.tryEmitEmpty()))
			.says("Bye.");
		TurnRunner runner = TurnRunner.builder(ChatClient.create(model)).build();
		Disposable life = runner.run(this.request, List.of(), this.context).subscribe();
		askedAgain.asMono().block(PATIENCE);
		life.dispose();
		this.context.incarnation = 8;

		TurnEvent end = runner.run(new TurnRequest("t1", "Bye?"), List.of(), this.context).blockLast(PATIENCE);

		assertThat(end).isInstanceOfSatisfying(TurnCompleted.class,
				(completed) -> assertThat(completed.answer()).isEqualTo("Bye."));
		assertThat(model.messagesOfCall(model.prompts().size() - 1)).extracting(Message::getText)
			.containsExactly("Bye?");
	}

	@Test
	void anAnswerThatNobodyHeardIsNotTakenForTold() {
		AtomicBoolean heard = new AtomicBoolean(true);
		FixtureModel model = new FixtureModel()
			.answers(Flux.just(FixtureModel.response(new AssistantMessage("Unheard.")))
				.doOnSubscribe((subscription) -> heard.set(false)))
			.says("Heard.");
		TurnRunner runner = TurnRunner.builder(ChatClient.create(model), model).build();
		this.context.onOneThread();
		Disposable life = runner.run(this.request, List.of(), this.context)
			.contextWrite((view) -> view.put(Handling.KEY, (Handling) heard::get))
			.subscribe();
		this.context.scheduler().advanceTime();
		life.dispose();
		this.context.incarnation = 8;

		StepVerifier.create(runner.run(this.request, List.of(), this.context))
			.then(this.context.scheduler()::advanceTime)
			.expectNext(new TurnStarted("t1"))
			.expectNextMatches(Recovering.class::isInstance)
			.expectNext(new Token("t1", "Heard."))
			.expectNextMatches(
					(event) -> event instanceof TurnCompleted completed && completed.answer().equals("Heard."))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void theNextLifeFindsATurnWhoseEndMayNotHaveBeenTold() {
		OpenTurn turn = this.open.begin(this.context.path(), this.request);
		this.open.end(this.request, this.context, turn);

		assertThat(this.open.find(this.request, this.context)).isNull();
		this.context.incarnation = 8;
		assertThat(this.open.find(this.request, this.context)).isSameAs(turn);
		assertThat(this.open.find(new TurnRequest("t1", "Hi?"), this.context)).isNull();
		this.open.begin(this.context.path(), new TurnRequest("t2", "Hi?"));
		assertThat(this.open.find(this.request, this.context)).isNull();
	}

	@Test
	void theNextLifeTellsTheEndAgainAndKeepsTheTurnOnce() {
		FixtureModel model = new FixtureModel().says("One.").says("Two.");
		TurnRunner runner = TurnRunner.builder(ChatClient.create(model)).build();
		RecordedConversation conversation = new RecordedConversation();
		TurnEvent end = runner.run(this.request, conversation, this.context).blockLast(PATIENCE);

		this.context.incarnation = 8;
		List<TurnEvent> again = runner.run(this.request, conversation, this.context).collectList().block(PATIENCE);

		assertThat(end).isInstanceOf(TurnCompleted.class);
		assertThat(again).containsExactly(new TurnStarted(this.request.turn()), end);
		assertThat(conversation.turns).hasSize(1);
	}

}
