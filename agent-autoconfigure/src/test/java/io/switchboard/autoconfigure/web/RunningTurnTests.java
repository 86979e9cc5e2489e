package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnStarted;
import io.switchboard.ai.turn.UnreadableSessionException;
import io.switchboard.ai.turn.Usage;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.event.AgentEvent;
import io.switchboard.journal.InMemoryJournal;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalWriters;
import io.switchboard.report.Sanitizer;
import io.switchboard.supervision.NodeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RunningTurn}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RunningTurnTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final AgentPath PATH = AgentPath.of("/desk/pricing");

	private static final ExitReason CRASH = ExitReason.crash(new IllegalStateException("bug"));

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final InMemoryJournal journal = new InMemoryJournal();

	private boolean draining;

	private final SessionFeed feed = new SessionFeed(PATH, "pricing@1",
			new SessionFeed.Means(new JournalWriters(this.journal), 64, this.time, () -> this.draining, new NoOwner()));

	private final List<String> ended = new ArrayList<>();

	private final TestPublisher<TurnEvent> agent = TestPublisher.create();

	private final RunningTurn turn = new RunningTurn("t-1", PATH, this.feed,
			new RunningTurn.Means(new PastEvents(this.journal, this.time),
					new Problems(ReasonText.HIDE_MESSAGES, Sanitizer.hiding()), 64),
			(turn) -> this.ended.add(turn.id()));

	@Test
	void answerEndsTheTurn() {
		start();
		this.agent.next(new TurnStarted("t-1"), completed("yes"));

		assertThat(events()).containsExactly("turn-started", "turn-completed");
		assertThat(this.ended).containsExactly("t-1");
		assertThat(this.feed.find("t-1")).isNull();
		StepVerifier.create(this.turn.answer())
			.then(this.time::advanceTime)
			.expectNext(WireJson.write(completed("yes")))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void nothingIsToldAfterTheEnd() {
		start();
		this.agent.next(new TurnStarted("t-1"), completed("yes"));

		this.turn.cancel();
		this.feed.send(this.turn, "token", "{}", null);

		assertThat(events()).containsExactly("turn-started", "turn-completed");
		assertThat(this.ended).containsExactly("t-1");
	}

	@Test
	void endOfTheStreamBehindTheAnswerIsNoFailure(CapturedOutput output) {
		start();
		this.agent.next(completed("yes")).error(new IllegalStateException("late"));

		assertThat(this.ended).containsExactly("t-1");
		assertThat(output).doesNotContain("Turn failed");
	}

	@Test
	void cancelledTurnCancelsTheStreamOfTheAgent() {
		start();
		this.agent.next(new TurnStarted("t-1"));

		this.turn.cancel();

		this.agent.assertCancelled();
		assertThat(events()).containsExactly("turn-started", "turn-cancelled");
		expectProblem(ProblemType.TURN_CANCELLED);
	}

	@Test
	void turnThatIsCancelledBeforeItBeginsDoesNoWork() {
		this.feed.add(this.turn);
		this.turn.cancel();

		this.turn.start(this.agent.flux(), Context.empty());

		this.agent.assertCancelled();
		assertThat(events()).containsExactly("turn-cancelled");
	}

	@Test
	void crashWaitsForTheRestart() {
		start();
		this.agent.next(new TurnStarted("t-1")).error(new AgentExitedException(PATH, 1, CRASH));
		assertThat(this.ended).isEmpty();

		this.feed.restarted(restart(2), ReasonText.HIDE_MESSAGES);
		this.time.advanceTime();

		assertThat(events()).containsExactly("turn-started", "restarted", "turn-failed");
		expectProblem(ProblemType.CRASHED);
	}

	@Test
	void restartMayComeBeforeTheCrashIsKnown() {
		start();
		this.feed.restarted(restart(2), ReasonText.HIDE_MESSAGES);
		this.agent.error(new AgentExitedException(PATH, 1, CRASH));
		this.time.advanceTime();

		assertThat(events()).containsExactly("restarted", "turn-failed");
	}

	@Test
	void restartOfAnEarlierLifeDoesNotCount() {
		start();
		this.feed.restarted(restart(2), ReasonText.HIDE_MESSAGES);
		this.agent.error(new AgentExitedException(PATH, 2, CRASH));
		this.time.advanceTime();

		assertThat(this.ended).isEmpty();
	}

	@Test
	void crashDoesNotWaitForARestartThatNeverComes() {
		start();
		this.agent.error(new AgentExitedException(PATH, 1, CRASH));

		this.feed.stopped();
		this.time.advanceTime();

		assertThat(events()).containsExactly("turn-failed");
	}

	@Test
	void crashDoesNotWaitForeverForARestart() {
		start();
		this.agent.error(new AgentExitedException(PATH, 1, CRASH));

		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.ended).isEmpty();
		this.time.advanceTimeBy(Duration.ofSeconds(1));

		assertThat(events()).containsExactly("turn-failed");
	}

	@Test
	void stoppedAgentEndsTheTurnAtOnce() {
		start();
		this.agent.error(new AgentExitedException(PATH, 1, ExitReason.shutdown()));
		this.time.advanceTime();

		assertThat(events()).containsExactly("turn-failed");
		expectProblem(ProblemType.GONE);
	}

	@Test
	void errorWhileSendingEndsTheTurn(CapturedOutput output) {
		this.feed.add(this.turn);

		this.turn.start(Flux.from((subscriber) -> {
			throw new IllegalStateException("the template of Ms Smith is broken");
		}), Context.empty());

		assertThat(events()).containsExactly("turn-failed");
		expectProblem(ProblemType.INTERNAL_ERROR);
		assertThat(output).contains("Turn failed: agent=/desk/pricing, turn=t-1")
			.contains("java.lang.IllegalStateException", "at " + RunningTurnTests.class.getName())
			.doesNotContain("Smith");
	}

	@Test
	void errorBehindTheFirstEventIsInTheLog(CapturedOutput output) {
		start();
		this.agent.next(new TurnStarted("t-1")).error(new ClassCastException("stray"));

		assertThat(events()).containsExactly("turn-started", "turn-failed");
		assertThat(output).containsOnlyOnce("Turn failed: agent=/desk/pricing, turn=t-1");
	}

	@Test
	void turnHasBegunWithItsFirstEvent() {
		start();
		StepVerifier begun = StepVerifier.create(this.turn.begun()).expectComplete().verifyLater();

		this.agent.next(new TurnStarted("t-1"));
		this.time.advanceTime();

		begun.verify(SOON);
	}

	@Test
	void turnThatFailsFirstNeverBegins() {
		start();
		this.agent.error(new AgentExitedException(PATH, 1, ExitReason.shutdown()));
		this.time.advanceTime();

		StepVerifier.create(this.turn.begun())
			.then(this.time::advanceTime)
			.expectError(ProblemException.class)
			.verify(SOON);
	}

	@Test
	void agentSeesTheContextOfTheRequest() {
		this.feed.add(this.turn);

		this.turn.start(Flux.deferContextual((context) -> Flux.just(completed(context.get("user")))),
				Context.of("user", "ann"));

		StepVerifier.create(this.turn.answer())
			.then(this.time::advanceTime)
			.expectNext(WireJson.write(completed("ann")))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void eventsAreKept() {
		start();
		this.agent.next(new TurnStarted("t-1"), completed("yes"));

		assertThat(kept()).extracting(JournalEntry.Event::id).containsExactly(1L, 2L);
		assertThat(kept()).extracting(JournalEntry.Event::turn).containsOnly("t-1");
		assertThat(kept().get(1).content()).isEqualTo(WireJson.write(completed("yes")));
	}

	@Test
	void turnOfAnAgentThatStopsWithTheApplicationIsLeftOpen() {
		start();
		this.agent.next(new TurnStarted("t-1"));
		this.draining = true;

		this.agent.error(new AgentExitedException(PATH, 1, ExitReason.shutdown()));
		this.time.advanceTime();

		assertThat(kept()).extracting(JournalEntry.Event::type).containsExactly("turn-started");
		assertThat(this.feed.find("t-1")).isNull();
		expectProblem(ProblemType.GONE);
	}

	@Test
	void sessionThatCannotBeReadIsPutIntoQuarantineAndItsTurnStaysOpen() {
		start();
		this.agent.error(new UnreadableSessionException(PATH, "step 3 cannot be read", null));

		StepVerifier.create(this.journal.find(PATH))
			.assertNext((session) -> assertThat(session.quarantine()).isEqualTo("step 3 cannot be read"))
			.expectComplete()
			.verify(SOON);
		assertThat(kept()).isEmpty();
		assertThat(this.ended).containsExactly("t-1");
		expectProblem(ProblemType.SESSION_QUARANTINED);
	}

	@Test
	void beginningThatWasToldBeforeIsNotToldAgain() {
		this.feed.add(this.turn);
		this.turn
			.resumeFrom(new ToldBefore(List.of(new JournalEntry.Event(7, "t-1", "turn-started", "{}", Instant.EPOCH))));

		this.turn.start(Flux.just(new TurnStarted("t-1"), completed("yes")), Context.empty());

		assertThat(kept()).extracting(JournalEntry.Event::type).containsExactly("turn-completed");
	}

	private void start() {
		this.feed.add(this.turn);
		this.turn.start(this.agent.flux(), Context.empty());
	}

	private List<String> events() {
		List<String> events = new ArrayList<>();
		StepVerifier.create(this.turn.events(new Cursor(0)).map(FeedEvent::type))
			.then(this.time::advanceTime)
			.recordWith(() -> events)
			.thenConsumeWhile((type) -> true)
			.expectComplete()
			.verify(SOON);
		return events;
	}

	private List<JournalEntry.Event> kept() {
		return this.journal.events(PATH, 0).collectList().blockOptional(SOON).orElseThrow();
	}

	private void expectProblem(ProblemType type) {
		StepVerifier.create(this.turn.answer())
			.then(this.time::advanceTime)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(ProblemException.class, (problem) -> {
				assertThat(problem.type()).isEqualTo(type);
				assertThat(problem.facts()).containsEntry("turn", "t-1");
			}))
			.verify(SOON);
	}

	private static AgentEvent.Restarted restart(long incarnation) {
		return new AgentEvent.Restarted(PATH, NodeType.AGENT, incarnation, CRASH, 1, Instant.EPOCH);
	}

	private static TurnCompleted completed(String answer) {
		return new TurnCompleted("t-1", answer, Usage.none(), 1);
	}

	private static final class NoOwner implements SessionFeed.Owner {

		@Override
		public void over(AgentPath path, SessionFeed feed) {
		}

		@Override
		public void lost(AgentPath path, SessionFeed feed) {
		}

	}

}
