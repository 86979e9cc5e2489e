package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import io.switchboard.AgentPath;
import io.switchboard.MessageRejectedException;
import io.switchboard.SendResult;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.ai.turn.Usage;
import io.switchboard.autoconfigure.AgentDefinition;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.autoconfigure.web.IdempotentTurns.Claim;
import io.switchboard.autoconfigure.web.IdempotentTurns.Key;
import io.switchboard.autoconfigure.web.IdempotentTurns.Turn;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link IdempotentTurns}.
 */
class IdempotentTurnsTests {

	private static final AgentPath SESSION = AgentPath.of("/desk/support/abc");

	private static final TurnTarget TARGET = TurnTarget
		.session(new AgentDefinition("support", AgentPath.of("/desk/support"), true, Set.of(TurnRequest.class)), "abc");

	private static final Key KEY = key("k1");

	private final AtomicLong nanos = new AtomicLong();

	private final IdempotentTurns turns = new IdempotentTurns(Duration.ofMinutes(10), 5000, this.nanos::get);

	@Test
	void firstOneBeginsTheTurnAndTheNextJoinsIt() {
		Claim first = claim(KEY, "hello");

		Claim second = claim(KEY, "hello");

		assertThat(first.isNew()).isTrue();
		assertThat(second.isNew()).isFalse();
		assertThat(second.turn()).isSameAs(first.turn());
	}

	@Test
	void otherClientHasKeysOfItsOwn() {
		Claim first = claim(new Key(SESSION, "ann", "k1"), "hello");

		Claim second = claim(new Key(SESSION, "bob", "k1"), "hello");

		assertThat(second.turn()).isNotSameAs(first.turn());
	}

	@Test
	void otherInputIsRefused() {
		claim(KEY, "hello");

		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> claim(KEY, "good bye"))
			.satisfies((ex) -> assertThat(ex.type()).isEqualTo(ProblemType.IDEMPOTENCY_KEY_REUSED));
	}

	@Test
	void turnIsRememberedForAWhileAfterItsEnd() {
		Claim first = claim(KEY, "hello");
		end(KEY, first, answer("hello"));

		this.nanos.addAndGet(Duration.ofMinutes(9).toNanos());
		assertThat(claim(KEY, "hello").isNew()).isFalse();
		this.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
		assertThat(claim(KEY, "hello").isNew()).isTrue();
	}

	@Test
	void turnThatRunsIsRememberedForAsLongAsItRuns() {
		claim(KEY, "hello");

		this.nanos.addAndGet(Duration.ofDays(1).toNanos());

		assertThat(claim(KEY, "hello").isNew()).isFalse();
	}

	@Test
	void turnThatWasNotTakenIsForgotten() {
		Claim first = claim(KEY, "hello");

		end(KEY, first, Flux.error(new MessageRejectedException(SESSION, SendResult.MAILBOX_FULL, "full")));

		assertThat(claim(KEY, "hello").isNew()).isTrue();
	}

	@Test
	void turnsAreRememberedUpToASizeAndRunningOnesAlways() {
		claim(KEY, "hello");
		for (int i = 0; i < 100; i++) {
			Key key = key("ended-" + i);
			end(key, claim(key, "hello"), answer("hello"));
		}

		long remembered = 0;
		for (int i = 0; i < 100; i++) {
			remembered += claim(key("ended-" + i), "hello").isNew() ? 0 : 1;
		}

		assertThat(remembered).isBetween(1L, 10L);
		assertThat(claim(KEY, "hello").isNew()).isFalse();
	}

	@Test
	void turnsOfASessionAreForgottenWithIt() {
		claim(KEY, "hello");

		this.turns.forget(AgentPath.of("/desk/support/another"));
		assertThat(claim(KEY, "hello").isNew()).isFalse();
		this.turns.forget(SESSION);
		assertThat(claim(KEY, "hello").isNew()).isTrue();
	}

	private Claim claim(Key key, String input) {
		return this.turns.claim(key, input, (absent) -> {
			SessionFeed feed = new SessionFeed(16, Schedulers.immediate());
			RunningTurn turn = new RunningTurn("t-1", feed, new Broadcast(16, 1000, Schedulers.immediate()),
					new Problems(ReasonText.HIDE_MESSAGES), Schedulers.immediate(),
					(ended) -> this.turns.ended(absent));
			feed.add(turn);
			return new Turn(TARGET, turn);
		});
	}

	private static void end(Key key, Claim claim, Flux<TurnEvent> events) {
		assertThat(claim.isNew()).as(key.value()).isTrue();
		claim.turn().running().start(events, Context.empty());
	}

	private static Flux<TurnEvent> answer(String answer) {
		return Flux.just(new TurnCompleted("t-1", answer, Usage.none(), 1));
	}

	private static Key key(String value) {
		return new Key(SESSION, "", value);
	}

}
