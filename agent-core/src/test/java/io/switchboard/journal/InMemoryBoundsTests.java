package io.switchboard.journal;

import java.time.Duration;
import java.time.Instant;

import io.switchboard.AgentPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The journal in memory does not grow without end.
 */
class InMemoryBoundsTests {

	private static final AgentPath ADA = AgentPath.of("/desk/support/ada");

	private static final AgentPath BOB = AgentPath.of("/desk/support/bob");

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final InMemoryJournal journal = new InMemoryJournal(Duration.ofMinutes(10), 10_000, 1_000);

	@Test
	void turnsAreForgottenSomeTimeAfterTheirEnd() {
		turn(ADA, "t1", 100, NOW);
		turn(BOB, "t2", 100, NOW.plus(Duration.ofMinutes(10)));
		assertThat(known(ADA, "t1")).isTrue();

		turn(BOB, "t3", 100, NOW.plus(Duration.ofMinutes(10)).plusMillis(1));

		assertThat(known(ADA, "t1")).isFalse();
		assertThat(this.journal.turnOf("t1").block(PATIENCE)).isNull();
		assertThat(this.journal.events(ADA, 0).collectList().block(PATIENCE)).isEmpty();
		assertThat(known(BOB, "t2")).isTrue();
		assertThat(this.journal.find(ADA).block(PATIENCE).lastEvent()).isEqualTo(1);
	}

	@Test
	void theFirstToEndAreForgottenFirstIfThereIsTooMuch() {
		for (int number = 1; number <= 20; number++) {
			turn((number % 2 == 0) ? ADA : BOB, "t" + number, 488, NOW);
		}

		assertThat(known(BOB, "t1")).isFalse();
		assertThat(known(ADA, "t10")).isFalse();
		assertThat(known(BOB, "t11")).isTrue();
		assertThat(known(ADA, "t20")).isTrue();
	}

	@Test
	void turnsThatRunAreKeptHoweverManyThereAre() {
		for (int number = 1; number <= 50; number++) {
			begin(ADA, "t" + number);
		}

		assertThat(this.journal.openTurns().collectList().block(PATIENCE)).hasSize(50);
	}

	@Test
	void ofALongTurnTheNewestEventsAreKept() {
		JournalWriter writer = begin(ADA, "t1");
		for (long id = 1; id <= 100; id++) {
			writer.write(new JournalEntry.Event(id, "t1", "token", "x".repeat(100), NOW)).block(PATIENCE);
		}

		assertThat(this.journal.events(ADA, 0).collectList().block(PATIENCE)).extracting(JournalEntry.Event::id)
			.containsExactly(97L, 98L, 99L, 100L);
		writer.write(new JournalEntry.Event(101, "t1", "token", "x".repeat(5_000), NOW)).block(PATIENCE);

		assertThat(this.journal.events(ADA, 0).collectList().block(PATIENCE)).extracting(JournalEntry.Event::id)
			.containsExactly(101L);
	}

	@Test
	void whatWasForgottenMakesRoom() {
		for (int round = 0; round < 3; round++) {
			for (int number = 1; number <= 9; number++) {
				turn(ADA, "r%d-%d".formatted(round, number), 488, NOW);
			}
			assertThat(known(ADA, "r%d-1".formatted(round))).isTrue();
			this.journal.delete(ADA).block(PATIENCE);
		}
	}

	@Test
	void aSessionIsUnusedOnceNobodyHasWrittenForLongEnough() {
		JournalRetention retention = new JournalRetention(Duration.ZERO, Duration.ofHours(1), 0);
		turn(ADA, "t1", 1, NOW);
		this.journal.trim(retention, NOW).block(PATIENCE);
		turn(ADA, "t2", 1, NOW);
		this.journal.trim(retention, NOW.plus(Duration.ofMinutes(30))).block(PATIENCE);

		assertThat(this.journal.trim(retention, NOW.plus(Duration.ofMinutes(61))).block(PATIENCE).sessions()).isEmpty();
		assertThat(this.journal.trim(retention, NOW.plus(Duration.ofMinutes(91))).block(PATIENCE).sessions())
			.containsExactly(ADA);
	}

	@ParameterizedTest
	@CsvSource({ "-1,1,1", "0,0,1", "0,1,0" })
	void impossibleBoundsAreRefused(long minutes, long size, long turn) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new InMemoryJournal(Duration.ofMinutes(minutes), size, turn))
			.withMessageContaining("%d characters of all and %d of one".formatted(size, turn));
	}

	private JournalWriter begin(AgentPath session, String turn) {
		JournalWriter writer = JournalWriter.open(this.journal, session, "v1").block(PATIENCE);
		writer.write(new JournalEntry.Accepted(turn, "", turn, NOW)).block(PATIENCE);
		return writer;
	}

	private void turn(AgentPath session, String turn, int size, Instant end) {
		JournalWriter writer = begin(session, turn);
		long event = writer.session().lastEvent() + 1;
		writer
			.write(new JournalEntry.Event(event, turn, "done", "x".repeat(size), end),
					new JournalEntry.Ended(turn, "completed", end))
			.block(PATIENCE);
	}

	private boolean known(AgentPath session, String turn) {
		return this.journal.turn(session, turn).hasElement().block(PATIENCE);
	}

}
