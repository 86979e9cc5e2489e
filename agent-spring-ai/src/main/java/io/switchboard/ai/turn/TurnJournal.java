package io.switchboard.ai.turn;

import java.time.Instant;
import java.util.List;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalWriters;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Where the turns of one agent, or of all that a template makes, survive the process.
 *
 * @param writers write the sessions
 * @param definition the version of the agent's definition
 */
record TurnJournal(JournalWriters writers, String definition) {

	/**
	 * Write to a journal if that is of any use.
	 * @param writers write the sessions, or {@code null}
	 * @param definition the version of the agent's definition
	 * @return the journal, or {@code null} if turns do not survive the process
	 */
	static @Nullable TurnJournal of(@Nullable JournalWriters writers, String definition) {
		return (writers != null && writers.journal().isDurable()) ? new TurnJournal(writers, definition) : null;
	}

	/**
	 * Look for what another process has left of a turn, and take the session over. Where
	 * the journal is away this waits until it is not.
	 * @param request what is asked for
	 * @param context the life that is to lead the turn
	 * @return what is there, on the agent's scheduler; fails with an
	 * {@link UnreadableSessionException} if it cannot be read
	 */
	Mono<Left> find(TurnRequest request, AgentContext<?> context) {
		AgentPath session = context.path();
		return this.writers.of(session, this.definition)
			.flatMap((writer) -> this.writers.journal()
				.steps(session, request.turn())
				.collectList()
				.zipWhen((steps) -> lastText(session, steps),
						(steps, text) -> new Left(new TurnLog(writer, request.turn(), steps.size()), steps, text)))
			.retryWhen(JournalPatience.on(context.scheduler()))
			.onErrorMap(UnreadableSessionException::isCausedBy,
					(ex) -> new UnreadableSessionException(session,
							"the steps of turn '%s' could not be read (%s)".formatted(request.turn(),
									ex.getClass().getName()),
							ex))
			.publishOn(context.scheduler());
	}

	/**
	 * When clients were shown the last piece of a turn's text, if somebody wants to know.
	 */
	private Mono<Instant> lastText(AgentPath session, List<JournalEntry.Step> steps) {
		JournalEntry.Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
		if (last == null || !last.kind().equals(StoredKind.REOPENED.id())) {
			return Mono.just(Instant.MIN);
		}
		return this.writers.journal()
			.events(session, last.turn())
			.filter((event) -> event.type().equals(Token.TYPE))
			.map(JournalEntry.Event::at)
			.reduce((before, later) -> later)
			.defaultIfEmpty(Instant.MIN);
	}

	/**
	 * What is left of a turn.
	 *
	 * @param log writes what happens from now on
	 * @param steps what has happened; empty if nothing has
	 * @param lastText when clients were shown the last piece of text, if the turn was
	 * gone on with and nothing else has happened since
	 */
	record Left(TurnLog log, List<JournalEntry.Step> steps, Instant lastText) {

	}

}
