package io.switchboard.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link Journal} keeps to. Implement it in a test of yours.
 */
public interface JournalContract {

	/** How long to wait for a store at most. */
	Duration PATIENCE = Duration.ofSeconds(20);

	/** The session of most tests. */
	AgentPath ADA = AgentPath.of("/desk/support/ada");

	/** Another session. */
	AgentPath BOB = AgentPath.of("/desk/support/bob");

	/** When everything happens. */
	Instant NOW = Instant.parse("2026-11-23T12:00:00.123Z");

	/** When everything is long ago, whatever the clock of the store says. */
	Instant FAR = NOW.plus(Duration.ofDays(100_000));

	/**
	 * The journal to test.
	 * @return an empty journal, the same one during a test
	 */
	Journal journal();

	@Test
	default void aSessionBeginsWhenItIsOpened() {
		assertThat(get(journal().find(ADA))).isNull();

		JournalSession opened = get(journal().open(ADA, "v1"));

		assertThat(opened).isEqualTo(new JournalSession(ADA, opened.epoch(), "v1", 0, null, null));
		assertThat(get(journal().find(ADA))).isEqualTo(opened);
		assertThat(get(journal().find(BOB))).isNull();
	}

	@Test
	default void eachOpeningHasAnEpochOfItsOwnAndKeepsTheFirstDefinition() {
		JournalSession first = get(journal().open(ADA, "v1"));
		JournalSession second = get(journal().open(ADA, "v2"));

		assertThat(second.epoch()).isGreaterThan(first.epoch());
		assertThat(second.definition()).isEqualTo("v1");
	}

	@Test
	default void whatIsWrittenIsRead() {
		JournalWriter writer = writer(ADA);

		write(writer, accepted("t1", "Where is my order?", "key-1"), step("t1", 1, "begun"), event(1, "t1", "token"),
				step("t1", 2, "answered"), event(2, null, "restarted"),
				new JournalEntry.Conversation("t1", "[\"Hello\"]"));

		assertThat(get(journal().turn(ADA, "t1")))
			.isEqualTo(new JournalTurn(ADA, "t1", "Where is my order?", "key-1", NOW, null));
		assertThat(all(journal().steps(ADA, "t1"))).containsExactly(step("t1", 1, "begun"), step("t1", 2, "answered"));
		assertThat(all(journal().events(ADA, 0))).containsExactly(event(1, "t1", "token"), event(2, null, "restarted"));
		assertThat(get(journal().conversation(ADA))).isEqualTo(new JournalEntry.Conversation("t1", "[\"Hello\"]"));
		assertThat(get(journal().find(ADA)).lastEvent()).isEqualTo(2);
	}

	@Test
	default void nothingIsReadOfOtherSessionsAndTurns() {
		write(writer(ADA), accepted("t1", "Ada's", "key-1"), step("t1", 1, "begun"), event(1, "t1", "token"),
				new JournalEntry.Conversation("t1", "Ada's"));
		write(writer(BOB), accepted("t1", "Bob's", "key-2"));

		assertThat(get(journal().turn(BOB, "t1")).message()).isEqualTo("Bob's");
		assertThat(get(journal().turn(ADA, "t2"))).isNull();
		assertThat(all(journal().steps(BOB, "t1"))).isEmpty();
		assertThat(all(journal().steps(ADA, "t2"))).isEmpty();
		assertThat(all(journal().events(BOB, 0))).isEmpty();
		assertThat(get(journal().conversation(BOB))).isNull();
	}

	@Test
	default void eventsAreReadAfterTheLastOneThatIsKnown() {
		JournalWriter writer = writer(ADA);
		for (long first = 1; first <= 2_000; first += 100) {
			write(writer,
					LongStream.range(first, first + 100)
						.mapToObj((id) -> event(id, "t1", "token"))
						.toArray(JournalEntry[]::new));
		}

		assertThat(all(journal().events(ADA, 0))).extracting(JournalEntry.Event::id)
			.containsExactlyElementsOf(LongStream.rangeClosed(1, 2_000).boxed().toList());
		assertThat(all(journal().events(ADA, 1_998))).extracting(JournalEntry.Event::id)
			.containsExactly(1_999L, 2_000L);
		assertThat(all(journal().events(ADA, 2_000))).isEmpty();
	}

	@Test
	default void eventsOfATurnAreReadWithoutThoseOfOthers() {
		JournalWriter writer = writer(ADA);
		for (long first = 1; first <= 2_000; first += 100) {
			write(writer,
					LongStream.range(first, first + 100)
						.mapToObj((id) -> event(id, (id % 2 == 0) ? "t2" : "t1", "token"))
						.toArray(JournalEntry[]::new));
		}
		write(writer, event(2_001, null, "restarted"));
		write(writer(BOB), event(1, "t2", "token"));

		assertThat(all(journal().events(ADA, "t2"))).extracting(JournalEntry.Event::id)
			.containsExactlyElementsOf(LongStream.rangeClosed(1, 1_000).mapToObj((n) -> 2 * n).toList());
		assertThat(all(journal().events(ADA, "t3"))).isEmpty();
	}

	@Test
	default void contentsOfAnySizeAndScriptAreKept() {
		String long1 = "{\"text\": \"ж\u0001 'quoted' \\u0000 🙂\"}".repeat(50_000);

		write(writer(ADA), accepted("t1", long1, null), new JournalEntry.Step("t1", 1, "begun", long1, NOW),
				new JournalEntry.Event(1, "t1", "token", long1, NOW), new JournalEntry.Conversation("t1", long1));

		assertThat(get(journal().turn(ADA, "t1")).message()).isEqualTo(long1);
		assertThat(all(journal().steps(ADA, "t1")).get(0).content()).isEqualTo(long1);
		assertThat(all(journal().events(ADA, 0)).get(0).content()).isEqualTo(long1);
		assertThat(get(journal().conversation(ADA)).content()).isEqualTo(long1);
	}

	@Test
	default void theNewestConversationReplacesTheOneBefore() {
		JournalWriter writer = writer(ADA);

		write(writer, new JournalEntry.Conversation("t1", "one"));
		write(writer, new JournalEntry.Conversation("t2", "two"), new JournalEntry.Conversation("t3", "three"));

		assertThat(get(journal().conversation(ADA))).isEqualTo(new JournalEntry.Conversation("t3", "three"));
	}

	@Test
	default void aTurnThatHasEndedIsKnownWithoutItsSteps() {
		JournalWriter writer = writer(ADA);
		write(writer, accepted("t1", "one", "key-1"), step("t1", 1, "begun"), step("t2", 1, "begun"));

		write(writer, new JournalEntry.Ended("t1", "completed", NOW));

		assertThat(get(journal().turn(ADA, "t1")).outcome()).isEqualTo("completed");
		assertThat(get(journal().turnOf("key-1")).isOpen()).isFalse();
		assertThat(all(journal().steps(ADA, "t1"))).isEmpty();
		assertThat(all(journal().steps(ADA, "t2"))).hasSize(1);
	}

	@Test
	default void openTurnsAreThoseAcceptedAndNotEndedInTheirOrder() {
		JournalWriter ada = writer(ADA);
		write(ada, accepted("t1", "one", null));
		write(writer(BOB), accepted("t1", "Bob's", null));
		write(ada, accepted("t2", "two", null));
		write(ada, accepted("t0", "three", null), new JournalEntry.Ended("t1", "completed", NOW));

		List<JournalTurn> open = all(journal().openTurns());

		assertThat(open).filteredOn((turn) -> turn.session().equals(ADA))
			.extracting(JournalTurn::turn)
			.containsExactly("t2", "t0");
		assertThat(open).filteredOn((turn) -> turn.session().equals(BOB))
			.extracting(JournalTurn::turn)
			.containsExactly("t1");
	}

	@Test
	default void aTurnIsFoundByItsKey() {
		write(writer(ADA), accepted("t1", "one", "key-1"), accepted("t2", "two", null));

		assertThat(get(journal().turnOf("key-1"))).isEqualTo(new JournalTurn(ADA, "t1", "one", "key-1", NOW, null));
		assertThat(get(journal().turnOf("key-2"))).isNull();
	}

	@Test
	default void whoeverOpenedASessionBeforeMayNotWrite() {
		JournalWriter first = writer(ADA);
		write(first, accepted("t1", "one", null));
		JournalWriter second = writer(ADA);

		StepVerifier.create(first.write(step("t1", 1, "late")))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(StaleWriterException.class)
				.hasMessageContaining("/desk/support/ada")
				.hasMessageContaining("epoch %d may not write any more, epoch %d may".formatted(first.session().epoch(),
						second.session().epoch())))
			.verify(PATIENCE);
		write(second, step("t1", 1, "begun"));

		assertThat(all(journal().steps(ADA, "t1"))).containsExactly(step("t1", 1, "begun"));
	}

	@Test
	default void allEntriesOfAWriteAreKeptOrNone() {
		JournalWriter writer = writer(ADA);
		write(writer, step("t1", 1, "begun"), event(1, "t1", "token"));

		StepVerifier
			.create(writer.write(accepted("t1", "one", "key-1"), event(2, "t1", "token"), step("t1", 1, "again"),
					new JournalEntry.Conversation("t1", "said")))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(JournalConflictException.class)
				.hasMessageContaining("/desk/support/ada"))
			.verify(PATIENCE);

		assertThat(get(journal().turn(ADA, "t1"))).isNull();
		assertThat(get(journal().turnOf("key-1"))).isNull();
		assertThat(all(journal().events(ADA, 0))).hasSize(1);
		assertThat(all(journal().steps(ADA, "t1"))).containsExactly(step("t1", 1, "begun"));
		assertThat(get(journal().conversation(ADA))).isNull();
		assertThat(get(journal().find(ADA)).lastEvent()).isEqualTo(1);
	}

	@Test
	default void whatWasKeptBeforeIsNotKeptAgain() {
		JournalWriter writer = writer(ADA);
		write(writer, accepted("t1", "one", "key-1"), step("t1", 1, "begun"), event(1, "t1", "token"));

		assertConflict(writer, accepted("t1", "other", null));
		assertConflict(writer, accepted("t2", "other", "key-1"));
		assertConflict(writer, step("t1", 1, "other"));
		assertConflict(writer, event(1, null, "other"));

		assertThat(get(journal().turn(ADA, "t1")).message()).isEqualTo("one");
		assertThat(get(journal().turnOf("key-1")).turn()).isEqualTo("t1");
		assertThat(all(journal().steps(ADA, "t1"))).containsExactly(step("t1", 1, "begun"));
		assertThat(all(journal().events(ADA, 0))).containsExactly(event(1, "t1", "token"));
	}

	@Test
	default void aWriteThatIsRefusedDoesNotStopTheNext() {
		JournalWriter writer = writer(ADA);
		write(writer, step("t1", 1, "begun"));
		Mono<Void> bad = writer.write(step("t1", 1, "again"));
		Mono<Void> good = writer.write(step("t1", 2, "answered"));

		StepVerifier.create(Flux.mergeDelayError(2, bad, good))
			.expectError(JournalConflictException.class)
			.verify(PATIENCE);

		assertThat(all(journal().steps(ADA, "t1"))).extracting(JournalEntry.Step::kind)
			.containsExactly("begun", "answered");
	}

	@Test
	default void theSameWriteIsKeptOnce() {
		JournalSession session = get(journal().open(ADA, "v1"));
		JournalWrite write = new JournalWrite(ADA, session.epoch(), 1, List.of(step("t1", 1, "begun")));

		join(journal().write(write));
		join(journal().write(write));

		assertThat(all(journal().steps(ADA, "t1"))).hasSize(1);
	}

	@Test
	default void writesAreKeptInTheirOrder() {
		JournalWriter writer = writer(ADA);

		List<Mono<Void>> writes = IntStream.rangeClosed(1, 500)
			.mapToObj((step) -> writer.write(step("t1", step, "kind-" + step)))
			.toList();
		Flux.merge(Flux.fromIterable(writes), 500).blockLast(PATIENCE);

		assertThat(all(journal().steps(ADA, "t1"))).extracting(JournalEntry.Step::step)
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 500).boxed().toList());
	}

	@Test
	default void manySessionsWriteAtTheSameTime() {
		List<CompletableFuture<Void>> writes = new ArrayList<>();
		for (int number = 0; number < 200; number++) {
			AgentPath path = AgentPath.of("/desk/support/s%d".formatted(number));
			JournalWriter writer = writer(path);
			for (int step = 1; step <= 10; step++) {
				writes.add(writer.write(step("t1", step, "kind")).toFuture());
			}
		}
		writes.forEach(JournalContract::join);

		for (int number = 0; number < 200; number++) {
			assertThat(all(journal().steps(AgentPath.of("/desk/support/s%d".formatted(number)), "t1"))).hasSize(10);
		}
	}

	@Test
	default void theKeyOfATurnThatNobodyTookIsFreeAgain() {
		JournalWriter writer = writer(ADA);
		write(writer, accepted("t1", "one", "key-1"));
		write(writer, new JournalEntry.Ended("t1", JournalEntry.Ended.REFUSED, NOW));

		assertThat(get(journal().turnOf("key-1"))).isNull();
		assertThat(get(journal().turn(ADA, "t1")).isOpen()).isFalse();
		write(writer, accepted("t2", "one", "key-1"));

		assertThat(get(journal().turnOf("key-1")).turn()).isEqualTo("t2");
	}

	@Test
	default void aSessionInQuarantineSaysWhyUntilItIsDeleted() {
		JournalWriter writer = writer(ADA);
		write(writer, accepted("t1", "one", null), new JournalEntry.Quarantined("at first"),
				new JournalEntry.Quarantined("Step 3 cannot be read: 'unknown'"));
		writer(BOB);

		assertThat(get(journal().find(ADA)).quarantine()).isEqualTo("Step 3 cannot be read: 'unknown'");
		assertThat(get(journal().open(ADA, "v1")).isQuarantined()).isTrue();
		assertThat(get(journal().find(BOB)).isQuarantined()).isFalse();
		assertThat(get(journal().turn(ADA, "t1")).isOpen()).isTrue();
		journal().delete(ADA).block(PATIENCE);

		assertThat(get(journal().open(ADA, "v1")).isQuarantined()).isFalse();
	}

	@Test
	default void aSessionKeepsItsFirstOwnerUntilItIsDeleted() {
		JournalWriter writer = writer(ADA);
		String name = "CN=Ann \u00d6st\u00b7".repeat(100);
		assertThat(get(journal().find(ADA)).owner()).isNull();

		write(writer, accepted("t1", "one", null), new JournalEntry.Owned(name));
		assertConflict(writer, accepted("t2", "two", "key-2"), new JournalEntry.Owned("bob"));
		assertConflict(writer, new JournalEntry.Owned(name));

		assertThat(get(journal().find(ADA)).owner()).isEqualTo(name);
		assertThat(get(journal().open(ADA, "v2")).owner()).isEqualTo(name);
		assertThat(get(journal().turn(ADA, "t2"))).isNull();
		assertThat(get(journal().turnOf("key-2"))).isNull();
		assertThat(get(journal().open(BOB, "v1")).owner()).isNull();
		journal().delete(ADA).block(PATIENCE);
		assertThat(get(journal().open(ADA, "v1")).owner()).isNull();
	}

	@Test
	default void turnsThatEndedTooLongAgoAreTrimmedWithTheirEvents() {
		JournalWriter writer = writer(ADA);
		Instant later = NOW.plus(Duration.ofDays(1));
		write(writer, accepted("t1", "one", "key-1"), event(1, "t1", "token"), event(2, null, "restarted"),
				new JournalEntry.Ended("t1", "completed", NOW));
		write(writer, accepted("t2", "two", "key-2"), new JournalEntry.Event(3, "t2", "token", "{}", later),
				new JournalEntry.Ended("t2", "completed", later));

		assertThat(trim(new JournalRetention(Duration.ofDays(7), Duration.ZERO, 0), NOW.plus(Duration.ofDays(7))))
			.isEqualTo(new JournalTrimmed(0, 0, Set.of(), false));
		JournalTrimmed trimmed = trim(new JournalRetention(Duration.ofDays(7), Duration.ZERO, 0),
				NOW.plus(Duration.ofDays(7)).plusMillis(1));

		assertThat(trimmed).isEqualTo(new JournalTrimmed(2, 1, Set.of(), false));
		assertThat(get(journal().turn(ADA, "t1"))).isNull();
		assertThat(get(journal().turnOf("key-1"))).isNull();
		assertThat(get(journal().turnOf("key-2")).turn()).isEqualTo("t2");
		assertThat(all(journal().events(ADA, 0))).extracting(JournalEntry.Event::id).containsExactly(3L);
		assertThat(get(journal().find(ADA)).lastEvent()).isEqualTo(3);
		write(writer, accepted("t3", "three", "key-1"), event(4, "t3", "token"));
	}

	@Test
	default void anOpenTurnIsNotTrimmedHoweverOldItIs() {
		JournalWriter writer = writer(ADA);
		write(writer, accepted("t1", "one", "key-1"), step("t1", 1, "begun"), event(1, "t1", "token"),
				new JournalEntry.Conversation("t0", "said"));
		JournalRetention retention = new JournalRetention(Duration.ofDays(1), Duration.ofDays(1), 0);

		trim(retention, Instant.EPOCH);
		JournalTrimmed trimmed = trim(retention, FAR);

		assertThat(trimmed).isEqualTo(new JournalTrimmed(0, 0, Set.of(), false));
		assertThat(get(journal().turnOf("key-1")).isOpen()).isTrue();
		assertThat(all(journal().steps(ADA, "t1"))).hasSize(1);
		assertThat(all(journal().events(ADA, 0))).hasSize(1);
		assertThat(get(journal().conversation(ADA))).isNotNull();
	}

	@Test
	default void theOldestEventsOfASessionAreTrimmedIfThereAreTooMany() {
		JournalWriter writer = writer(ADA);
		write(writer, accepted("t1", "one", null));
		write(writer,
				LongStream.rangeClosed(1, 25).mapToObj((id) -> event(id, "t1", "token")).toArray(JournalEntry[]::new));
		write(writer(BOB), event(1, null, "token"));
		JournalRetention retention = new JournalRetention(Duration.ZERO, Duration.ZERO, 10);

		assertThat(trim(retention, FAR)).isEqualTo(new JournalTrimmed(15, 0, Set.of(), false));
		assertThat(trim(retention, FAR)).isEqualTo(new JournalTrimmed(0, 0, Set.of(), false));

		assertThat(all(journal().events(ADA, 0))).extracting(JournalEntry.Event::id)
			.containsExactlyElementsOf(LongStream.rangeClosed(16, 25).boxed().toList());
		assertThat(all(journal().events(BOB, 0))).hasSize(1);
	}

	@Test
	default void aSessionThatIsNotUsedIsTrimmedWithAllThatIsKnownOfIt() {
		JournalWriter writer = writer(ADA);
		write(writer, accepted("t1", "one", "key-1"), event(1, "t1", "token"),
				new JournalEntry.Conversation("t1", "said"), new JournalEntry.Ended("t1", "completed", NOW));
		JournalRetention retention = new JournalRetention(Duration.ZERO, Duration.ofDays(30), 0);

		assertThat(trim(retention, Instant.EPOCH).sessions()).isEmpty();
		assertThat(get(journal().find(ADA))).isNotNull();
		JournalTrimmed trimmed = trim(retention, FAR);

		assertThat(trimmed.sessions()).containsExactly(ADA);
		assertThat(get(journal().find(ADA))).isNull();
		assertThat(get(journal().turnOf("key-1"))).isNull();
		assertThat(all(journal().events(ADA, 0))).isEmpty();
		assertThat(get(journal().conversation(ADA))).isNull();
		StepVerifier.create(writer.write(event(2, null, "late")))
			.expectError(StaleWriterException.class)
			.verify(PATIENCE);
	}

	@Test
	default void muchIsTrimmedInParts() {
		JournalRetention retention = new JournalRetention(Duration.ofDays(1), Duration.ofDays(1), 100);
		for (int session = 0; session < 3; session++) {
			JournalWriter writer = writer(AgentPath.of("/desk/support/s%d".formatted(session)));
			for (long first = 1; first <= 1_500; first += 500) {
				write(writer,
						LongStream.range(first, first + 500)
							.mapToObj((id) -> event(id, null, "token"))
							.toArray(JournalEntry[]::new));
			}
		}

		int parts = 0;
		JournalTrimmed trimmed;
		do {
			trimmed = trim(retention, NOW);
			parts++;
		}
		while (trimmed.more() && parts < 50);

		assertThat(trimmed.more()).isFalse();
		for (int session = 0; session < 3; session++) {
			assertThat(all(journal().events(AgentPath.of("/desk/support/s%d".formatted(session)), 0))).hasSize(100);
		}
	}

	@Test
	default void aSessionThatIsDeletedIsGoneAndItsWriterIsRefused() {
		JournalWriter writer = writer(ADA);
		write(writer, accepted("t1", "one", "key-1"), step("t1", 1, "begun"), event(1, "t1", "token"),
				new JournalEntry.Conversation("t1", "said"));
		write(writer(BOB), accepted("t9", "Bob's", "key-9"));

		assertThat(journal().delete(ADA).blockOptional(PATIENCE)).isEmpty();

		assertThat(get(journal().find(ADA))).isNull();
		assertThat(get(journal().turn(ADA, "t1"))).isNull();
		assertThat(get(journal().turnOf("key-1"))).isNull();
		assertThat(all(journal().steps(ADA, "t1"))).isEmpty();
		assertThat(all(journal().events(ADA, 0))).isEmpty();
		assertThat(get(journal().conversation(ADA))).isNull();
		assertThat(all(journal().openTurns())).extracting(JournalTurn::session).containsExactly(BOB);
		StepVerifier.create(writer.write(step("t1", 2, "late")))
			.expectErrorSatisfies(
					(ex) -> assertThat(ex).isInstanceOf(StaleWriterException.class).hasMessageContaining("was deleted"))
			.verify(PATIENCE);
	}

	@Test
	default void aSessionThatWasDeletedBeginsAnew() {
		JournalWriter old = writer(ADA);
		write(old, accepted("t1", "one", "key-1"), event(7, "t1", "token"));
		journal().delete(ADA).block(PATIENCE);

		JournalWriter fresh = writer(ADA);
		write(fresh, accepted("t1", "again", "key-1"));

		assertThat(fresh.session().lastEvent()).isZero();
		assertThat(get(journal().turn(ADA, "t1")).message()).isEqualTo("again");
		StepVerifier.create(old.write(step("t1", 1, "late"))).expectError(StaleWriterException.class).verify(PATIENCE);
		assertThat(all(journal().steps(ADA, "t1"))).isEmpty();
	}

	private JournalTrimmed trim(JournalRetention retention, Instant now) {
		return get(journal().trim(retention, now));
	}

	private void assertConflict(JournalWriter writer, JournalEntry... entries) {
		StepVerifier.create(writer.write(entries)).expectError(JournalConflictException.class).verify(PATIENCE);
	}

	private JournalWriter writer(AgentPath session) {
		return get(JournalWriter.open(journal(), session, "v1"));
	}

	private static void write(JournalWriter writer, JournalEntry... entries) {
		writer.write(entries).block(PATIENCE);
	}

	private static void join(CompletableFuture<Void> write) {
		Mono.fromFuture(write).block(PATIENCE);
	}

	private static <T> T get(Mono<T> value) {
		return value.block(PATIENCE);
	}

	private static <T> List<T> all(Flux<T> values) {
		return values.collectList().block(PATIENCE);
	}

	private static JournalEntry.Accepted accepted(String turn, String message, @Nullable String key) {
		return new JournalEntry.Accepted(turn, message, key, NOW);
	}

	private static JournalEntry.Step step(String turn, int step, String kind) {
		return new JournalEntry.Step(turn, step, kind, "{\"n\": %d}".formatted(step), NOW);
	}

	private static JournalEntry.Event event(long id, @Nullable String turn, String type) {
		return new JournalEntry.Event(id, turn, type, "{\"id\": %d}".formatted(id), NOW);
	}

}
