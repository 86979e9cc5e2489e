package io.switchboard.jdbc;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.switchboard.journal.Journal;
import io.switchboard.journal.JournalConflictException;
import io.switchboard.journal.JournalContract;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalSession;
import io.switchboard.journal.JournalUnavailableException;
import io.switchboard.journal.JournalWriter;
import io.switchboard.journal.StaleWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for the journal in each database.
 */
abstract class JdbcJournalContract implements JournalContract {

	private final Scheduler scheduler = Schedulers.newBoundedElastic(4, 1_000, "test-journal");

	private JdbcJournal journal;

	abstract DataSource dataSource();

	@BeforeEach
	void openJournal() {
		this.journal = JdbcJournal.builder(dataSource(), this.scheduler).build();
		JdbcTemplate jdbc = new JdbcTemplate(dataSource());
		for (String table : new String[] { "session", "turn", "step", "event" }) {
			jdbc.update("delete from switchboard_" + table);
		}
	}

	@AfterEach
	void closeJournal() {
		this.journal.close();
		this.scheduler.dispose();
	}

	@Override
	public Journal journal() {
		return this.journal;
	}

	@Test
	void aWriteThatWasCommittedBeforeTheConnectionWasLostIsKeptOnce() {
		UnreliableDataSource unreliable = new UnreliableDataSource(dataSource());
		JdbcJournal unsure = JdbcJournal.builder(unreliable, this.scheduler).migrate(false).build();
		JournalWriter writer = JournalWriter.open(unsure, ADA, "v1").block(PATIENCE);

		unreliable.loseAnswersOfNextCommits(2);
		writer.write(step(1), event(1)).block(PATIENCE);
		writer.write(step(2), event(2)).block(PATIENCE);

		assertThat(unreliable.lost()).isEqualTo(2);
		assertThat(this.journal.steps(ADA, "t1").collectList().block(PATIENCE)).containsExactly(step(1), step(2));
		assertThat(this.journal.events(ADA, 0).collectList().block(PATIENCE)).containsExactly(event(1), event(2));
		unsure.close();
	}

	@Test
	void whatIsWrittenWhileTheDatabaseIsAwayIsKeptWhenItIsBack() {
		UnreliableDataSource unreliable = new UnreliableDataSource(dataSource());
		JdbcJournal patient = JdbcJournal.builder(unreliable, this.scheduler).migrate(false).build();
		JournalWriter writer = JournalWriter.open(patient, ADA, "v1").block(PATIENCE);

		unreliable.goAway();
		CompletableFuture<Void> write = writer.write(step(1)).toFuture();
		StepVerifier.create(patient.find(ADA)).expectError(JournalUnavailableException.class).verify(PATIENCE);
		StepVerifier.create(patient.open(ADA, "v1")).expectError(JournalUnavailableException.class).verify(PATIENCE);
		assertThat(write).isNotDone();
		unreliable.comeBack();

		assertThat(write).succeedsWithin(PATIENCE);
		assertThat(this.journal.steps(ADA, "t1").collectList().block(PATIENCE)).containsExactly(step(1));
		patient.close();
	}

	@Test
	void whoeverReadsIsNotInterruptedWhenNobodyWaitsAnyMore() throws InterruptedException {
		JournalWriter writer = JournalWriter.open(this.journal, ADA, "v1").block(PATIENCE);
		writer.write(event(1)).block(PATIENCE);
		SlowCodec codec = new SlowCodec();
		JdbcJournal slow = JdbcJournal.builder(dataSource(), this.scheduler).migrate(false).codec(codec).build();

		Disposable reading = slow.events(ADA, 0).subscribe();
		codec.entered.await();
		reading.dispose();
		codec.proceed.countDown();
		codec.left.await();

		assertThat(codec.interrupted).isFalse();
		slow.close();
	}

	@Test
	void whatNobodyWaitsForAnyMoreIsNotRead() throws InterruptedException {
		Scheduler single = Schedulers.newBoundedElastic(1, 1_000, "test-reader");
		JournalWriter writer = JournalWriter.open(this.journal, ADA, "v1").block(PATIENCE);
		writer.write(event(1)).block(PATIENCE);
		SlowCodec codec = new SlowCodec();
		JdbcJournal slow = JdbcJournal.builder(dataSource(), single).migrate(false).codec(codec).build();

		Disposable reading = slow.events(ADA, 0).subscribe();
		codec.entered.await();
		List<Disposable> waiting = IntStream.range(0, 100).mapToObj((n) -> slow.events(ADA, 0).subscribe()).toList();
		waiting.forEach(Disposable::dispose);
		codec.proceed.countDown();
		slow.events(ADA, 0).blockLast(PATIENCE);

		assertThat(codec.decoded).hasValue(2);
		reading.dispose();
		slow.close();
		single.disposeGracefully().block(PATIENCE);
	}

	@Test
	void writesDoNotWaitForWhatIsRead() throws InterruptedException {
		Scheduler single = Schedulers.newBoundedElastic(1, 1_000, "test-writer");
		SlowCodec codec = new SlowCodec();
		JdbcJournal slow = JdbcJournal.builder(dataSource(), this.scheduler)
			.writer(single)
			.migrate(false)
			.codec(codec)
			.build();
		JournalWriter writer = JournalWriter.open(slow, ADA, "v1").block(PATIENCE);
		writer.write(event(1)).block(PATIENCE);

		List<Disposable> reading = IntStream.range(0, 100).mapToObj((n) -> slow.events(ADA, 0).subscribe()).toList();
		codec.entered.await();
		writer.write(event(2)).block(PATIENCE);

		codec.proceed.countDown();
		reading.forEach(Disposable::dispose);
		slow.close();
		single.disposeGracefully().block(PATIENCE);
	}

	@Test
	void ofTwoProcessesTheOneThatOpenedASessionLastLeadsIt() {
		JdbcJournal other = JdbcJournal.builder(dataSource(), this.scheduler).migrate(false).build();
		JournalWriter here = JournalWriter.open(this.journal, ADA, "v1").block(PATIENCE);
		here.write(step(1)).block(PATIENCE);
		JournalWriter there = JournalWriter.open(other, ADA, "v1").block(PATIENCE);

		StepVerifier.create(here.write(step(2))).expectError(StaleWriterException.class).verify(PATIENCE);
		there.write(step(2)).block(PATIENCE);

		assertThat(this.journal.steps(ADA, "t1").collectList().block(PATIENCE)).containsExactly(step(1), step(2));
		other.close();
	}

	@Test
	void manyWhoOpenTheSameNewSessionGetEpochsOfTheirOwn() {
		List<Long> epochs = Flux.range(0, 20)
			.flatMap((number) -> this.journal.open(ADA, "v1"), 20)
			.map(JournalSession::epoch)
			.collectList()
			.block(PATIENCE);

		assertThat(epochs).hasSize(20).doesNotHaveDuplicates();
		assertThat(this.journal.find(ADA).block(PATIENCE).epoch()).isIn(epochs);
	}

	@Test
	void contentsAreStoredAsTheCodecChangesThem() {
		JdbcJournal secret = JdbcJournal.builder(dataSource(), this.scheduler)
			.migrate(false)
			.codec(new Reversed())
			.build();
		JournalWriter writer = JournalWriter.open(secret, ADA, "v1").block(PATIENCE);
		writer.write(new JournalEntry.Accepted("t1", "abc", null, NOW),
				new JournalEntry.Step("t1", 1, "kind", "def", NOW), new JournalEntry.Event(1, "t1", "type", "ghi", NOW),
				new JournalEntry.Conversation("t1", "jkl"), new JournalEntry.Owned("ann"))
			.block(PATIENCE);

		assertThat(this.journal.turn(ADA, "t1").block(PATIENCE).message()).isEqualTo("cba");
		assertThat(this.journal.steps(ADA, "t1").blockFirst(PATIENCE).content()).isEqualTo("fed");
		assertThat(this.journal.events(ADA, 0).blockFirst(PATIENCE).content()).isEqualTo("ihg");
		assertThat(this.journal.conversation(ADA).block(PATIENCE).content()).isEqualTo("lkj");
		assertThat(this.journal.find(ADA).block(PATIENCE).owner()).isEqualTo("nna");
		assertThat(secret.find(ADA).block(PATIENCE).owner()).isEqualTo("ann");
		assertThat(secret.turn(ADA, "t1").block(PATIENCE).message()).isEqualTo("abc");
		assertThat(secret.steps(ADA, "t1").blockFirst(PATIENCE).content()).isEqualTo("def");
		assertThat(secret.events(ADA, 0).blockFirst(PATIENCE).content()).isEqualTo("ghi");
		assertThat(secret.conversation(ADA).block(PATIENCE).content()).isEqualTo("jkl");
		secret.close();
	}

	@Test
	void aContentThatCannotBeEncodedFailsItsWriteOnly() {
		ContentCodec broken = new Reversed() {

			@Override
			public String encode(String content) {
				if (content.equals("broken")) {
					throw new IllegalStateException("no key");
				}
				return super.encode(content);
			}

		};
		JdbcJournal secret = JdbcJournal.builder(dataSource(), this.scheduler).migrate(false).codec(broken).build();
		JournalWriter writer = JournalWriter.open(secret, ADA, "v1").block(PATIENCE);

		StepVerifier.create(writer.write(new JournalEntry.Step("t1", 1, "kind", "broken", NOW)))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(JournalConflictException.class)
				.hasMessageContaining("could not be encoded"))
			.verify(PATIENCE);
		writer.write(step(1)).block(PATIENCE);

		assertThat(secret.steps(ADA, "t1").collectList().block(PATIENCE)).containsExactly(step(1));
		secret.close();
	}

	@Test
	void theTablesAreMadeOnceAndBesideThoseOfTheApplication() {
		new JdbcTemplate(dataSource()).execute("create table if not exists of_the_application (id integer)");

		JdbcJournal.builder(dataSource(), this.scheduler).build().close();

		assertThat(new JdbcTemplate(dataSource()).queryForObject(
				"select count(*) from \"%s\" where \"success\"".formatted(JournalSchema.HISTORY), Integer.class))
			.isPositive();
	}

	private static JournalEntry.Step step(int number) {
		return new JournalEntry.Step("t1", number, "kind", "{}", NOW);
	}

	private static JournalEntry.Event event(long id) {
		return new JournalEntry.Event(id, "t1", "token", "{}", NOW);
	}

	private static class Reversed implements ContentCodec {

		@Override
		public String encode(String content) {
			return new StringBuilder(content).reverse().toString();
		}

		@Override
		public String decode(String stored) {
			return new StringBuilder(stored).reverse().toString();
		}

	}

	private static final class SlowCodec implements ContentCodec {

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch proceed = new CountDownLatch(1);

		private final CountDownLatch left = new CountDownLatch(1);

		private final AtomicInteger decoded = new AtomicInteger();

		private volatile boolean interrupted;

		@Override
		public String encode(String content) {
			return content;
		}

		@Override
		public String decode(String stored) {
			this.decoded.incrementAndGet();
			this.entered.countDown();
			try {
				this.proceed.await();
			}
			catch (InterruptedException ex) {
				this.interrupted = true;
			}
			this.left.countDown();
			return stored;
		}

	}

}
