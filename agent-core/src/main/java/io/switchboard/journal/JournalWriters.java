package io.switchboard.journal;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The writers of this process, one for each session that is in use.
 * <p>
 * A session is opened when somebody first wants to write to it. Its writer is the same
 * for all as long as one of them has it, or something it was given is not written yet;
 * after that it is forgotten, so that a session that nobody uses costs nothing here. Keep
 * the writer where you write often. Safe to be used by many threads.
 *
 * @since 0.1.0
 */
public final class JournalWriters {

	private final ConcurrentMap<AgentPath, Use> uses = new ConcurrentHashMap<>();

	private final ReferenceQueue<JournalWriter> unused = new ReferenceQueue<>();

	private final Journal journal;

	/**
	 * Write to a journal.
	 * @param journal the journal
	 */
	public JournalWriters(Journal journal) {
		this.journal = Objects.requireNonNull(journal, "'journal' must not be null");
	}

	/**
	 * What is written to.
	 * @return the journal
	 */
	public Journal journal() {
		return this.journal;
	}

	/**
	 * Get the writer of a session; opens the session if it is not open here.
	 * @param session the agent's path
	 * @param definition names the version of the agent's definition, for a session that
	 * begins
	 * @return the writer; fails as {@link Journal#open} does, in which case the next call
	 * tries again
	 */
	public Mono<JournalWriter> of(AgentPath session, String definition) {
		Objects.requireNonNull(session, "'session' must not be null");
		Objects.requireNonNull(definition, "'definition' must not be null");
		return Mono.defer(() -> {
			forgetUnused();
			AtomicReference<@Nullable Mono<JournalWriter>> writer = new AtomicReference<>();
			this.uses.compute(session, (path, known) -> {
				writer.set((known != null) ? known.writer() : null);
				if (known != null && writer.get() != null) {
					return known;
				}
				Use begun = new Use(path, definition);
				writer.set(begun.writer());
				return begun;
			});
			return Objects.requireNonNull(writer.get(), "a use that has begun opens the session");
		});
	}

	private void forgetUnused() {
		for (Reference<?> next = this.unused.poll(); next != null; next = this.unused.poll()) {
			Use use = ((Opened) next).use;
			this.uses.remove(use.path, use);
		}
	}

	/**
	 * Delete a session with all that is known of it.
	 * @param session the agent's path
	 * @return completes when it is gone
	 */
	public Mono<Void> delete(AgentPath session) {
		return this.journal.delete(session).doOnSubscribe((subscription) -> this.uses.remove(session));
	}

	/**
	 * Delete some of what need not be kept any longer, and forget the sessions that are
	 * gone.
	 * @param retention how long to keep what
	 * @param now the time
	 * @return what was deleted
	 */
	public Mono<JournalTrimmed> trim(JournalRetention retention, Instant now) {
		return this.journal.trim(retention, now).doOnNext((trimmed) -> trimmed.sessions().forEach(this.uses::remove));
	}

	/**
	 * A session that is in use.
	 */
	private final class Use {

		private final AgentPath path;

		/**
		 * The opening, which has the writer; {@code null} once that is done.
		 */
		private @Nullable Mono<JournalWriter> opening;

		private @Nullable Opened opened;

		Use(AgentPath path, String definition) {
			this.path = path;
			this.opening = JournalWriter.open(JournalWriters.this.journal, path, definition)
				.doOnNext(this::opened)
				.doOnError((ex) -> JournalWriters.this.uses.remove(path, this))
				.cache();
		}

		private synchronized void opened(JournalWriter writer) {
			this.opened = new Opened(writer, this, JournalWriters.this.unused);
			this.opening = null;
		}

		/**
		 * The writer, or what opens the session.
		 * @return the writer, or {@code null} if nobody has it any more, or it cannot
		 * write any more
		 */
		synchronized @Nullable Mono<JournalWriter> writer() {
			JournalWriter known = (this.opened != null) ? this.opened.get() : null;
			return (known != null && !known.isStale()) ? Mono.just(known) : this.opening;
		}

	}

	/**
	 * A writer that somebody may have.
	 */
	private static final class Opened extends WeakReference<JournalWriter> {

		private final Use use;

		Opened(JournalWriter writer, Use use, ReferenceQueue<JournalWriter> unused) {
			super(writer, unused);
			this.use = use;
		}

	}

}
