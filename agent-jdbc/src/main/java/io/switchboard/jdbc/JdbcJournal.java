package io.switchboard.jdbc;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongFunction;

import javax.sql.DataSource;

import io.switchboard.AgentPath;
import io.switchboard.journal.Journal;
import io.switchboard.journal.JournalConflictException;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalRetention;
import io.switchboard.journal.JournalSession;
import io.switchboard.journal.JournalTrimmed;
import io.switchboard.journal.JournalTurn;
import io.switchboard.journal.JournalUnavailableException;
import io.switchboard.journal.JournalWrite;
import io.switchboard.journal.StaleWriterException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A journal in H2 or PostgreSQL.
 * <p>
 * Its tables begin with {@code switchboard_} and are made and brought up to date by
 * {@link Builder#build}. Writes of all sessions are committed in groups, by one thread of
 * the scheduler. When the database is away they wait, in order, and are tried again until
 * it is back; where more wait than may, further ones are refused with a
 * {@link JournalUnavailableException}. What is read fails at once.
 * <p>
 * Several processes may share the tables: of two that open the same session the later one
 * leads it.
 * <p>
 * With PostgreSQL a write that was answered survives the machine unless
 * {@code synchronous_commit} is off. With H2 it does as well, because the file is written
 * through after each group.
 *
 * @since 0.1.0
 */
public final class JdbcJournal implements Journal, AutoCloseable {

	/**
	 * Writes that may wait unless told otherwise.
	 */
	public static final int DEFAULT_CAPACITY = 100_000;

	private static final int PAGE = 500;

	private static final int ATTEMPTS = 3;

	private final JdbcOperations jdbc;

	private final TransactionTemplate transaction;

	private final Database database;

	private final Contents contents;

	private final JournalReader reader;

	private final Scheduler readers;

	private final GroupCommit commits;

	private final ConnectionPool pool;

	private JdbcJournal(Builder builder, Database database) {
		this.jdbc = new JdbcTemplate(builder.dataSource);
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(builder.dataSource));
		this.database = database;
		this.contents = new Contents(builder.codec);
		this.reader = new JournalReader(this.jdbc, builder.codec);
		this.readers = builder.scheduler;
		this.pool = new ConnectionPool(builder.dataSource);
		this.commits = new GroupCommit(this::commit, builder.capacity,
				Objects.requireNonNullElse(builder.writer, builder.scheduler));
	}

	/**
	 * Keep a journal in a database.
	 * @param dataSource the database, H2 or PostgreSQL; not closed here
	 * @param scheduler where to call it, because databases block; not disposed here
	 * @return a builder
	 */
	public static Builder builder(DataSource dataSource, Scheduler scheduler) {
		return new Builder(dataSource, scheduler);
	}

	@Override
	public boolean isDurable() {
		return true;
	}

	@Override
	public Mono<JournalSession> open(AgentPath session, String definition) {
		Objects.requireNonNull(session, "'session' must not be null");
		Objects.requireNonNull(definition, "'definition' must not be null");
		return apart(() -> take(session, definition))
			.retryWhen(Retry.max(ATTEMPTS)
				.filter(DuplicateKeyException.class::isInstance)
				.onRetryExhaustedThrow((retry, last) -> last.failure()))
			.onErrorMap(JdbcJournal::isAway, this::away);
	}

	private JournalSession take(AgentPath session, String definition) {
		JournalSession taken = this.transaction.execute((status) -> {
			int known = this.jdbc.update("""
					update switchboard_session
					set epoch = nextval('switchboard_epoch'), last_write = 0, opened_at = current_timestamp
					where path = ?
					""", session.toString());
			if (known == 0) {
				this.jdbc.update("""
						insert into switchboard_session
						(path, epoch, last_write, last_event, definition, opened_at, touched_at)
						values (?, nextval('switchboard_epoch'), 0, 0, ?, current_timestamp, current_timestamp)
						""", session.toString(), definition);
			}
			return this.reader.session(session).get(0);
		});
		return Objects.requireNonNull(taken, "a session that was written is read");
	}

	@Override
	public Mono<JournalSession> find(AgentPath session) {
		return one(() -> this.reader.session(session));
	}

	@Override
	public CompletableFuture<Void> write(JournalWrite write) {
		JournalWrite encoded;
		try {
			encoded = this.contents.encode(write);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(new JournalConflictException(write.session(),
					"a content could not be encoded by %s".formatted(this.contents.codec().getClass().getName()), ex));
		}
		return this.commits.write(encoded);
	}

	private Map<JournalWrite, StaleWriterException> commit(List<JournalWrite> writes) {
		try {
			return attempt(writes);
		}
		catch (RuntimeException ex) {
			trouble(ex);
			throw ex;
		}
	}

	private Map<JournalWrite, StaleWriterException> attempt(List<JournalWrite> writes) {
		Map<JournalWrite, StaleWriterException> refused = new LinkedHashMap<>();
		this.transaction.executeWithoutResult((status) -> {
			refused.clear();
			JournalTables tables = new JournalTables();
			new Fence(this.jdbc).pass(writes, refused).forEach(tables::add);
			tables.write(this.jdbc);
		});
		this.database.sync(this.jdbc);
		return refused;
	}

	@Override
	public Mono<JournalTurn> turn(AgentPath session, String turn) {
		return one(() -> this.reader.turn(session, turn));
	}

	@Override
	public Mono<JournalTurn> turnOf(String key) {
		return one(() -> this.reader.turnOf(key));
	}

	@Override
	public Flux<JournalTurn> openTurns() {
		return paged((after) -> this.reader.openTurns(after, PAGE), JournalReader.Numbered::number, 0)
			.map(JournalReader.Numbered::turn);
	}

	@Override
	public Flux<JournalEntry.Step> steps(AgentPath session, String turn) {
		return read(() -> this.reader.steps(session, turn)).flatMapIterable((steps) -> steps);
	}

	@Override
	public Flux<JournalEntry.Event> events(AgentPath session, long after) {
		return paged((last) -> this.reader.events(session, last, PAGE), JournalEntry.Event::id, after);
	}

	@Override
	public Flux<JournalEntry.Event> events(AgentPath session, String turn) {
		return paged((last) -> this.reader.events(session, turn, last, PAGE), JournalEntry.Event::id, 0);
	}

	@Override
	public Mono<JournalEntry.Conversation> conversation(AgentPath session) {
		return one(() -> this.reader.conversation(session));
	}

	@Override
	public Mono<Void> delete(AgentPath session) {
		return read(() -> {
			this.transaction.executeWithoutResult((status) -> {
				// the row that lets writes pass goes first, so that none comes later
				for (String table : List.of("session", "turn", "step", "event")) {
					this.jdbc.update("delete from switchboard_%s where path = ?".formatted(table), session.toString());
				}
			});
			this.database.sync(this.jdbc);
			return session;
		}).then();
	}

	@Override
	public Mono<JournalTrimmed> trim(JournalRetention retention, Instant now) {
		return read(() -> new JournalTrim(this.jdbc, this.transaction).trim(retention, now));
	}

	/**
	 * Look at what the journal has done.
	 * @return the numbers
	 */
	public JournalStatistics statistics() {
		return this.commits.statistics();
	}

	/**
	 * Take no more writes. Those that wait are still written, or refused if the database
	 * is away. Does not wait: the scheduler may be disposed gracefully after it.
	 */
	@Override
	public void close() {
		this.commits.close();
	}

	private <T> Mono<T> one(Callable<List<T>> reading) {
		return read(reading).flatMap((found) -> Mono.justOrEmpty(found.stream().findFirst()));
	}

	private <T> Flux<T> paged(LongFunction<List<T>> page, Function<T, Long> number, long after) {
		return read(() -> page.apply(after))
			.expand((last) -> (last.size() < PAGE) ? Mono.empty()
					: read(() -> page.apply(number.apply(last.get(last.size() - 1)))))
			.concatMapIterable((items) -> items, 1);
	}

	private <T> Mono<T> read(Callable<T> reading) {
		return apart(reading).onErrorMap(JdbcJournal::isAway, this::away);
	}

	/**
	 * Goes on when nobody waits any more: a thread that is interrupted while it reads
	 * closes the file of an H2 for everybody. What has not begun by then never does, so
	 * that those whom a slow database has kept waiting do not hold up those who come.
	 */
	private <T> Mono<T> apart(Callable<T> work) {
		return Mono.defer(() -> {
			CompletableFuture<T> done = new CompletableFuture<>();
			AtomicBoolean left = new AtomicBoolean();
			this.readers.schedule(() -> {
				if (!left.get()) {
					complete(done, work);
				}
			});
			return Mono.fromFuture(done, true).doOnCancel(() -> left.set(true));
		});
	}

	private static <T> void complete(CompletableFuture<T> done, Callable<T> work) {
		try {
			done.complete(work.call());
		}
		catch (Exception ex) {
			done.completeExceptionally(ex);
		}
	}

	private static boolean isAway(Throwable ex) {
		return ex instanceof DataAccessException || ex instanceof TransactionException
				|| ex instanceof RejectedExecutionException;
	}

	private Throwable away(Throwable ex) {
		return new JournalUnavailableException(trouble(ex).description(), ex);
	}

	private DatabaseTrouble trouble(Throwable ex) {
		DatabaseTrouble trouble = DatabaseTrouble.of(ex);
		if (trouble.staysWithConnections()) {
			this.pool.renew();
		}
		return trouble;
	}

	/**
	 * Builds a {@link JdbcJournal}.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private final DataSource dataSource;

		private final Scheduler scheduler;

		private @Nullable Scheduler writer;

		private ContentCodec codec = ContentCodec.plain();

		private int capacity = DEFAULT_CAPACITY;

		private boolean migrate = true;

		private Builder(DataSource dataSource, Scheduler scheduler) {
			this.dataSource = Objects.requireNonNull(dataSource, "'dataSource' must not be null");
			this.scheduler = Objects.requireNonNull(scheduler, "'scheduler' must not be null");
		}

		/**
		 * Write on a thread that nothing else uses, so that no write waits for what is
		 * read.
		 * @param writer where to write, by default where everything else is done; may be
		 * blocked, one thread is enough, and it is not disposed here
		 * @return this builder
		 */
		public Builder writer(Scheduler writer) {
			this.writer = Objects.requireNonNull(writer, "'writer' must not be null");
			return this;
		}

		/**
		 * Change contents on their way to the database.
		 * @param codec the codec, by default {@link ContentCodec#plain()}
		 * @return this builder
		 */
		public Builder codec(ContentCodec codec) {
			this.codec = Objects.requireNonNull(codec, "'codec' must not be null");
			return this;
		}

		/**
		 * Change how many writes may wait for the database, those of a few seconds of a
		 * busy application at least.
		 * @param capacity how many writes, at least 1
		 * @return this builder
		 */
		public Builder capacity(int capacity) {
			if (capacity < 1) {
				throw new IllegalArgumentException(
						"Capacity of %d writes is too small: at least 1 has to wait".formatted(capacity));
			}
			this.capacity = capacity;
			return this;
		}

		/**
		 * Change whether the tables are made and brought up to date here.
		 * @param migrate {@code false} if somebody else does, with the scripts of this
		 * module
		 * @return this builder
		 */
		public Builder migrate(boolean migrate) {
			this.migrate = migrate;
			return this;
		}

		/**
		 * Reach the database and make its tables. Blocks: to be called at the start of
		 * the application.
		 * @return the journal
		 * @throws IllegalArgumentException if the database is none that is known
		 * @throws IllegalStateException if it cannot be reached, or the tables cannot be
		 * made
		 */
		public JdbcJournal build() {
			Database database = Database.of(this.dataSource);
			if (this.migrate) {
				JournalSchema.migrate(this.dataSource, database);
			}
			else {
				JournalSchema.check(new JdbcTemplate(this.dataSource));
			}
			return new JdbcJournal(this, database);
		}

	}

}
