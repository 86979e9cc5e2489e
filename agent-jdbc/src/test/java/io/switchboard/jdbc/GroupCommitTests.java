package io.switchboard.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.switchboard.AgentPath;
import io.switchboard.journal.JournalConflictException;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalUnavailableException;
import io.switchboard.journal.JournalWrite;
import io.switchboard.journal.StaleWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DuplicateKeyException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writes are committed in groups, in their order, and wait for a database that is away.
 */
class GroupCommitTests {

	private static final AgentPath SESSION = AgentPath.of("/desk/support/ada");

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create(true);

	/** What the database answers, the next answer first; afterwards it keeps all. */
	private final Deque<Function<List<JournalWrite>, Map<JournalWrite, StaleWriterException>>> answers = new ArrayDeque<>();

	private final List<List<Long>> committed = new ArrayList<>();

	private final GroupCommit commits = new GroupCommit(this::commit, 5, this.scheduler);

	@AfterEach
	void disposeScheduler() {
		this.scheduler.dispose();
	}

	@Test
	void whatWaitsIsCommittedTogetherInItsOrder() {
		List<CompletableFuture<Void>> writes = writeMeanwhile(1, 2, 3);

		assertThat(this.committed).containsExactly(List.of(1L, 2L, 3L));
		assertThat(writes).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
	}

	@Test
	void whatComesWhileTheDatabaseIsAwayIsKeptWhenItIsBack() {
		this.answers.add(this::away);
		this.answers.add(this::away);
		List<CompletableFuture<Void>> writes = write(1, 2);
		this.scheduler.advanceTime();
		writes.addAll(write(3));

		this.scheduler.advanceTimeBy(Duration.ofMillis(100));
		assertThat(writes).noneMatch(CompletableFuture::isDone);
		this.scheduler.advanceTimeBy(Duration.ofMillis(200));

		assertThat(this.committed).containsExactly(List.of(1L, 2L, 3L));
		assertThat(writes).noneMatch(CompletableFuture::isCompletedExceptionally).allMatch(CompletableFuture::isDone);
	}

	@Test
	void theWaitBetweenAttemptsGrowsToFiveSecondsAndStartsOverAfterwards() {
		List<Long> attempts = new ArrayList<>();
		for (int i = 0; i < 9; i++) {
			this.answers.add((writes) -> {
				attempts.add(this.scheduler.now(TimeUnit.MILLISECONDS));
				return away(writes);
			});
		}
		write(1);
		this.scheduler.advanceTimeBy(Duration.ofMinutes(1));

		assertThat(attempts).containsExactly(0L, 100L, 300L, 700L, 1_500L, 3_100L, 6_300L, 11_300L, 16_300L);
		assertThat(this.committed).containsExactly(List.of(1L));

		this.answers.add(this::away);
		write(2);
		this.scheduler.advanceTimeBy(Duration.ofMillis(100));
		assertThat(this.committed).containsExactly(List.of(1L), List.of(2L));
	}

	@Test
	void oneThatTheDatabaseRefusesDoesNotTakeTheOthersWithIt() {
		this.answers.add(this::duplicate);
		this.answers.add(this::keep);
		this.answers.add(this::duplicate);

		List<CompletableFuture<Void>> writes = writeMeanwhile(1, 2, 3);

		assertThat(this.committed).containsExactly(List.of(1L), List.of(3L));
		assertThat(writes.get(0)).isCompleted();
		assertThat(writes.get(1)).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(JournalConflictException.class);
		assertThat(writes.get(2)).isCompleted();
	}

	@Test
	void theDatabaseMayGoAwayWhileOneIsLookedFor() {
		this.answers.add(this::duplicate);
		this.answers.add(this::keep);
		this.answers.add(this::away);
		this.answers.add(this::duplicate);

		List<CompletableFuture<Void>> writes = writeMeanwhile(1, 2, 3);
		this.scheduler.advanceTimeBy(Duration.ofSeconds(1));

		assertThat(this.committed).containsExactly(List.of(1L), List.of(3L));
		assertThat(writes.get(1)).isCompletedExceptionally();
		assertThat(writes.get(2)).isCompleted();
	}

	@Test
	void whatWasDoneIsCounted() {
		this.answers.add(this::away);
		write(1, 2, 3);
		assertThat(this.commits.statistics()).isEqualTo(new JournalStatistics(0, 0, Duration.ZERO, 1, 3,
				"the database did not do what it was asked for: the log says more"));

		this.scheduler.advanceTimeBy(Duration.ofMillis(100));

		assertThat(this.commits.statistics()).isEqualTo(new JournalStatistics(3, 1, Duration.ZERO, 1, 0, null));
	}

	@Test
	void onesThatMayNotPassAreToldApart() {
		this.answers.add((all) -> Map.of(all.get(1), new StaleWriterException(SESSION, 1, 2)));

		List<CompletableFuture<Void>> writes = writeMeanwhile(1, 2);

		assertThat(writes.get(0)).isCompleted();
		assertThat(writes.get(1)).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(StaleWriterException.class);
	}

	@Test
	void moreThanMayWaitAreRefusedUntilThereIsRoom() {
		this.answers.add(this::away);
		List<CompletableFuture<Void>> writes = write(1, 2, 3, 4, 5);
		this.scheduler.advanceTime();

		assertThat(write(6).get(0)).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(JournalUnavailableException.class)
			.withMessageContaining("5 writes wait for the database, as many as may");
		this.scheduler.advanceTimeBy(Duration.ofSeconds(1));
		writes.addAll(write(7));
		this.scheduler.advanceTime();

		assertThat(writes).noneMatch(CompletableFuture::isCompletedExceptionally).allMatch(CompletableFuture::isDone);
		assertThat(this.committed).containsExactly(List.of(1L, 2L, 3L, 4L, 5L), List.of(7L));
	}

	@Test
	void whatWaitsWhenItIsClosedIsStillWritten() {
		List<CompletableFuture<Void>> writes = new ArrayList<>();
		this.answers.add((leading) -> {
			writes.addAll(write(1, 2));
			this.commits.close();
			writes.addAll(write(3));
			return Map.of();
		});

		write(99);

		assertThat(this.committed).containsExactly(List.of(1L, 2L));
		assertThat(writes.subList(0, 2)).allMatch(CompletableFuture::isDone)
			.noneMatch(CompletableFuture::isCompletedExceptionally);
		assertThat(writes.get(2)).isCompletedExceptionally();
	}

	@Test
	void whateverGoesWrongIsTriedAgain() {
		this.answers.add((all) -> {
			throw new IllegalStateException("a bug of the driver");
		});
		List<CompletableFuture<Void>> writes = write(1, 2);
		this.scheduler.advanceTime();

		this.scheduler.advanceTimeBy(Duration.ofSeconds(1));

		assertThat(this.committed).containsExactly(List.of(1L, 2L));
		assertThat(writes).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
	}

	@Test
	void whatWaitsForADatabaseThatIsAwayIsRefusedWhenItIsClosed() {
		this.answers.add(this::away);
		List<CompletableFuture<Void>> writes = write(1, 2);
		this.scheduler.advanceTime();

		this.commits.close();
		this.scheduler.advanceTimeBy(Duration.ofMinutes(1));
		writes.addAll(write(3));

		assertThat(this.committed).isEmpty();
		assertThat(writes).allSatisfy((write) -> assertThat(write).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(JournalUnavailableException.class)
			.withMessageContaining("closed"));
	}

	/**
	 * Write while a transaction is under way.
	 */
	private List<CompletableFuture<Void>> writeMeanwhile(long... numbers) {
		List<CompletableFuture<Void>> writes = new ArrayList<>();
		this.answers.addFirst((leading) -> {
			writes.addAll(write(numbers));
			return Map.of();
		});
		write(99);
		return writes;
	}

	private List<CompletableFuture<Void>> write(long... numbers) {
		List<CompletableFuture<Void>> writes = new ArrayList<>();
		for (long number : numbers) {
			JournalEntry step = new JournalEntry.Step("t1", (int) number, "kind", "{}", Instant.EPOCH);
			writes.add(this.commits.write(new JournalWrite(SESSION, 1, number, List.of(step))));
		}
		return writes;
	}

	private Map<JournalWrite, StaleWriterException> commit(List<JournalWrite> writes) {
		Function<List<JournalWrite>, Map<JournalWrite, StaleWriterException>> answer = this.answers.poll();
		return (answer != null) ? answer.apply(writes) : keep(writes);
	}

	private Map<JournalWrite, StaleWriterException> keep(List<JournalWrite> writes) {
		this.committed.add(writes.stream().map(JournalWrite::number).toList());
		return new HashMap<>();
	}

	private Map<JournalWrite, StaleWriterException> away(List<JournalWrite> writes) {
		throw new CannotAcquireLockException("away");
	}

	private Map<JournalWrite, StaleWriterException> duplicate(List<JournalWrite> writes) {
		throw new DuplicateKeyException("duplicate");
	}

}
