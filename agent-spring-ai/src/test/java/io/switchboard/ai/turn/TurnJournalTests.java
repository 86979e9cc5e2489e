package io.switchboard.ai.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.switchboard.AgentPath;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.approval.Decision;
import io.switchboard.journal.InMemoryJournal;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalUnavailableException;
import io.switchboard.journal.JournalWriter;
import io.switchboard.journal.JournalWriters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Turns and the journal they are in.
 */
class TurnJournalTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final AgentPath ANN = AgentPath.of("/desk/support/ann");

	private static final TurnRequest REQUEST = new TurnRequest("t1", "Hi?").asAccepted();

	private final FixtureContext context = new FixtureContext().onOneThread();

	private final FixtureModel model = new FixtureModel();

	private final InMemoryJournal kept = new InMemoryJournal();

	private final FixtureJournal journal = new FixtureJournal(this.kept);

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void turnsThatNobodyHasAcceptedAreNotWritten() {
		this.model.says("Fine.");

		run(new TurnRequest("t1", "Hi?")).blockLast(PATIENCE);

		assertThat(this.journal.kinds()).isEmpty();
	}

	@Test
	void aJournalThatIsNotDurableIsNotWrittenTo() {
		this.model.says("Fine.");

		runner(new JournalWriters(this.kept)).run(REQUEST, List.of(), this.context).blockLast(PATIENCE);

		assertThat(this.kept.steps(ANN, "t1").collectList().block()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aTurnWaitsForAJournalThatIsAway(boolean isKept) {
		this.model.says("Fine.");
		this.journal.failing(new JournalUnavailableException("its queue is full", null), isKept)
			.failing(new JournalUnavailableException("its queue is full", null), isKept);

		StepVerifier.create(run(REQUEST))
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofMinutes(1)))
			.expectNextCount(2)
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.kept.steps(ANN, "t1").map(JournalEntry.Step::kind).collectList().block())
			.containsExactly("begun", "answered");
	}

	@Test
	void aTurnEndsQuietlyWhereSomebodyElseLeadsTheSession() {
		this.model.answers(Flux.just(FixtureModel.response(new AssistantMessage("Fine.")))
			.doOnComplete(() -> this.kept.open(ANN, "support@1").block()));

		StepVerifier.create(run(REQUEST))
			.expectNext(new TurnStarted("t1"), new Token("t1", "Fine."))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.context.shown).isEmpty();
	}

	@Test
	void aStepThatCannotBeReadFailsTheTurnAndLeavesItOpen() {
		write(new JournalEntry.Step("t1", 1, "begun", "a secret", Instant.EPOCH));

		assertUnreadable("Step 1 of turn 't1', which is 'begun', cannot be read");
	}

	@Test
	void aStepThatIsMissingFailsTheTurn() {
		write(TurnInputJson.write("t1", 1, new TurnInput.Begun(List.of(), 0, 0), Instant.EPOCH));
		write(TurnInputJson.write("t1", 3, new TurnInput.Waited(), Instant.EPOCH));

		assertUnreadable("step 2 of turn 't1' is missing, the next one there is 3");
	}

	@Test
	void stepsThatDoNotFitTogetherFailTheTurn() {
		write(TurnInputJson.write("t1", 1, new TurnInput.Begun(List.of(), 0, 0), Instant.EPOCH));
		write(TurnInputJson.write("t1", 2, new TurnInput.ToolStarted("c1"), Instant.EPOCH));

		assertUnreadable("step 2 of turn 't1', which is 'tool-started', does not fit");
	}

	@Test
	void aTurnThatDoesNotGetOnFailsAtSomeTime() {
		write(TurnInputJson.write("t1", 1, new TurnInput.Begun(List.of(), 0, 0), Instant.EPOCH));
		for (int life = 1; life <= TurnReplay.MOST_SILENT; life++) {
			this.model.answers(Flux.never());
			Disposable turn = run(REQUEST).subscribe();
			this.context.scheduler().advanceTimeBy(Duration.ofMillis(1));
			turn.dispose();
		}

		assertUnreadable("gone on with 10 times in a row");
	}

	@ParameterizedTest
	@CsvSource({ "10, false", "99, false", "100, true" })
	void aTurnThatTellsTextIsGoneOnWithMoreOften(int lives, boolean fails) {
		write(TurnInputJson.write("t1", 1, new TurnInput.Begun(List.of(), 0, 0), Instant.EPOCH));
		for (int life = 1; life <= lives; life++) {
			write(TurnInputJson.write("t1", life + 1, new TurnInput.Reopened(), Instant.EPOCH.plusSeconds(life)));
		}
		write(new JournalEntry.Event(1, "t1", "token", "{}", Instant.EPOCH.plusSeconds(lives)));
		this.model.says("Fine.");

		if (fails) {
			assertUnreadable("gone on with 100 times in a row");
		}
		else {
			StepVerifier.create(run(REQUEST))
				.thenConsumeWhile((event) -> !event.last())
				.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofSeconds(1)))
				.thenConsumeWhile((event) -> !event.last())
				.expectNextMatches(TurnCompleted.class::isInstance)
				.expectComplete()
				.verify(PATIENCE);
		}
	}

	@Test
	void theTimeInWhichNoProcessHasATurnDoesNotCount() {
		write(TurnInputJson.write("t1", 1, new TurnInput.Begun(List.of(), 0, 0), Instant.EPOCH));
		this.context.scheduler().advanceTimeBy(Duration.ofDays(3));
		this.model.says("Fine.");

		StepVerifier.create(run(REQUEST))
			.expectNext(new TurnStarted("t1"), new Recovering("t1", Recovering.PROCESS_ENDED, "restart", 0))
			.expectNext(new Token("t1", "Fine."))
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofSeconds(1)))
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.context.nearLimits).isEmpty();
	}

	@Test
	void whoDecidesKnowsWhenThatIsWritten() {
		Approvals approvals = new Approvals();
		this.model.calls(FixtureModel.call("c1", "refund", "{}")).says("Done.");
		FixtureJournal late = new FixtureJournal(this.kept).holding();
		TurnRunner runner = TurnRunner.builder(ChatClient.create(this.model), this.model)
			.tools(List.of(new FixtureTool("refund", () -> "refunded")))
			.approvalFor(Set.of("refund"))
			.approvals(approvals)
			.journal(new JournalWriters(late))
			.build();
		Disposable turn = runner.run(REQUEST, List.of(), this.context).subscribe();
		while (approvals.waiting().isEmpty()) {
			late.release();
			this.context.scheduler().advanceTimeBy(Duration.ofMillis(1));
		}

		StepVerifier.create(approvals.decideAndWait(ANN, "t1", "c1", new Decision.Approve()))
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofHours(1)))
			.expectNoEvent(Duration.ZERO)
			.then(late::release)
			.then(() -> this.context.scheduler().advanceTimeBy(Duration.ofMillis(1)))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(late.kinds()).last().isEqualTo("decided");
		turn.dispose();
	}

	private void assertUnreadable(String reason) {
		int before = Objects.requireNonNull(this.kept.steps(ANN, "t1").collectList().block()).size();

		StepVerifier.create(run(REQUEST))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(UnreadableSessionException.class)
				.hasMessageContaining(reason)
				.hasMessageNotContaining("secret"))
			.verify(PATIENCE);
		assertThat(this.kept.steps(ANN, "t1").collectList().block()).hasSize(before);
	}

	private void write(JournalEntry entry) {
		Objects.requireNonNull(JournalWriter.open(this.kept, ANN, "support@1").block()).write(entry).block();
	}

	private Flux<TurnEvent> run(TurnRequest request) {
		return runner(new JournalWriters(this.journal)).run(request, List.of(), this.context);
	}

	private TurnRunner runner(JournalWriters writers) {
		return TurnRunner.builder(ChatClient.create(this.model), this.model).journal(writers).build();
	}

}
