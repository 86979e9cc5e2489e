package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.autoconfigure.AgentDefinition;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.event.AgentEvent;
import io.switchboard.journal.InMemoryJournal;
import io.switchboard.journal.JournalWriters;
import io.switchboard.report.Sanitizer;
import io.switchboard.supervision.NodeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SessionFeeds}.
 */
class SessionFeedsTests {

	private static final AgentPath SESSION = AgentPath.of("/desk/support/s-1");

	private static final TurnTarget TARGET = TurnTarget.session(
			new AgentDefinition("support", AgentPath.of("/desk/support"), true, Set.of(TurnRequest.class), "1"), "s-1");

	private final InMemoryJournal journal = new InMemoryJournal();

	private final PastEvents past = new PastEvents(this.journal, Schedulers.immediate());

	private final SessionFeeds feeds = new SessionFeeds(new JournalWriters(this.journal), 16, ReasonText.HIDE_MESSAGES,
			Duration.ZERO, Schedulers.immediate());

	@Test
	void whoReadsWhenTheApplicationStopsIsSentAway() {
		this.feeds.start();
		Disposable reader = read();
		assertThat(reader.isDisposed()).isFalse();

		this.feeds.stop();

		assertThat(reader.isDisposed()).isTrue();
	}

	@Test
	void whoComesBackWhileTheApplicationStopsIsSentAwayToo() {
		this.feeds.start();
		this.feeds.stop();

		Disposable reader = read();

		assertThat(reader.isDisposed()).isTrue();
	}

	@Test
	void whoComesWhenTheApplicationHasStartedAgainReadsAlong() {
		this.feeds.start();
		this.feeds.stop();
		this.feeds.start();

		Disposable reader = read();

		assertThat(reader.isDisposed()).isFalse();
		reader.dispose();
	}

	@Test
	void turnThatBeganAsItsSessionStoppedIsFoundUntilItEnds() {
		TestPublisher<TurnEvent> agent = TestPublisher.create();
		RunningTurn turn = this.feeds.begin(TARGET, this::turn);
		turn.start(agent.flux(), Context.empty());

		this.feeds.onEvent(stopped(ExitReason.shutdown()));

		assertThat(this.feeds.find(SESSION)).isNotNull()
			.satisfies((feed) -> assertThat(feed.find("t-1")).isSameAs(turn));
		turn.cancel();
		agent.assertCancelled();
		assertThat(this.feeds.find(SESSION)).isNull();
	}

	@Test
	void whoReadsASessionThatLeavesMemoryGoesOnToRead() {
		Disposable reader = read();

		this.feeds.onEvent(stopped(ExitReason.normal()));

		assertThat(reader.isDisposed()).isFalse();
		assertThat(this.feeds.find(SESSION)).isNotNull();
		reader.dispose();
	}

	@Test
	void nobodysSessionThatLeavesMemoryIsForgotten() {
		RunningTurn turn = this.feeds.begin(TARGET, this::turn);
		turn.cancel();
		assertThat(this.feeds.find(SESSION)).isNotNull();

		this.feeds.onEvent(stopped(ExitReason.normal()));

		assertThat(this.feeds.find(SESSION)).isNull();
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 0 })
	void whoComesAsSomebodyClaimsTheSessionIsSentAway(long after) {
		Cursor cursor = (after < 0) ? null : new Cursor(after);
		Sinks.Empty<Void> allowed = Sinks.empty();
		StepVerifier.create(this.feeds.events(TARGET, this.past, cursor, allowed.asMono()))
			.then(() -> assertThat(this.feeds.find(SESSION)).isNotNull()
				.satisfies((feed) -> assertThat(feed.isIdle()).isFalse()))
			.then(() -> allowed.tryEmitError(new ProblemException(ProblemType.UNKNOWN_SESSION, "not yours")))
			.expectError(DisconnectedException.class)
			.verify(Duration.ofSeconds(60));

		assertThat(this.feeds.find(SESSION)).isNotNull().satisfies((feed) -> assertThat(feed.isIdle()).isTrue());
	}

	private Disposable read() {
		return this.feeds.events(TARGET, this.past, null, Mono.empty())
			.onErrorComplete(DisconnectedException.class)
			.subscribe();
	}

	private RunningTurn turn(SessionFeed feed) {
		RunningTurn turn = new RunningTurn("t-1", SESSION, feed,
				new RunningTurn.Means(this.past, new Problems(ReasonText.HIDE_MESSAGES, Sanitizer.hiding()), 16),
				(ended) -> {
				});
		feed.add(turn);
		return turn;
	}

	private static AgentEvent.Stopped stopped(ExitReason reason) {
		return new AgentEvent.Stopped(SESSION, NodeType.AGENT, reason, Instant.EPOCH);
	}

}
