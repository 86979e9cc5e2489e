package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.switchboard.journal.Journal;
import io.switchboard.journal.JournalException;
import io.switchboard.journal.JournalSession;
import io.switchboard.journal.JournalTurn;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Decides who may do what with which session. With Spring Security a session belongs to
 * the first logged-in caller who sends it a turn, and for others it is not there. The
 * same is asked and told of a session that is not there and of one of somebody else, so
 * that neither words nor times tell them apart.
 *
 * @param callers finds out who sends requests
 * @param journal knows whose the sessions are
 * @param patience how long to wait for the journal
 * @param scheduler the clock
 */
record SessionAccess(Callers callers, Journal journal, Duration patience, Scheduler scheduler) {

	Mono<Caller> caller(ServerRequest request) {
		return this.callers.of(request);
	}

	/**
	 * See that a caller may see and end a session.
	 * @param caller who wants to
	 * @param target the session, or an agent without sessions, which belongs to all
	 * @return completes if so; fails with a {@link ProblemException} if not
	 */
	Mono<Void> reach(Caller caller, TurnTarget target) {
		if (!caller.guarded() || caller.operator() || target.session() == null) {
			return Mono.empty();
		}
		return read(this.journal.find(target.path())).filter((session) -> caller.mayReach(session.owner()))
			.switchIfEmpty(Mono.error(SessionAccess::unknown))
			.then();
	}

	/**
	 * Look whether a caller may see and end a turn. Those of a session are reached with
	 * it, those of an agent without sessions by whoever has begun them.
	 * @param caller who wants to
	 * @param target the agent
	 * @param turn the turn's id
	 * @return whether they may
	 */
	Mono<Boolean> reaches(Caller caller, TurnTarget target, String turn) {
		if (!caller.guarded() || caller.operator() || target.session() != null) {
			return Mono.just(true);
		}
		return read(this.journal.turn(target.path(), turn)).map(JournalTurn::message)
			.map((message) -> caller.mayReach(AcceptedMessage.read(message).by()))
			.defaultIfEmpty(false);
	}

	/**
	 * See that a caller may send turns to a session, before anything is done for it.
	 * @param caller who wants to
	 * @param target the session, or an agent without sessions
	 * @return whether the session is new and will be this caller's; fails with a
	 * {@link ProblemException} if they may not, or as the journal does
	 */
	Mono<Boolean> begins(Caller caller, TurnTarget target) {
		if (!caller.guarded() || target.session() == null) {
			return Mono.just(false);
		}
		return this.journal.find(target.path())
			.doOnNext((session) -> isFree(caller, session))
			.hasElement()
			.map((known) -> !known);
	}

	/**
	 * See that a turn of somebody who is not logged in did not come behind a claim.
	 * @param caller who has sent the turn
	 * @param target the session, or an agent without sessions
	 * @return completes if not; fails as {@link #claim} does
	 */
	Mono<Void> stays(Caller caller, TurnTarget target) {
		return (caller.name() != null) ? Mono.empty() : claim(caller, target).then();
	}

	/**
	 * See that a caller may send turns to a session. Of two who claim it the journal lets
	 * one.
	 * @param caller who wants to
	 * @param target the session, or an agent without sessions
	 * @return whether the session becomes theirs with it; fails with a
	 * {@link ProblemException} if they may not, or as the journal does
	 */
	Mono<Boolean> claim(Caller caller, TurnTarget target) {
		if (!caller.guarded() || target.session() == null) {
			return Mono.just(false);
		}
		boolean known = caller.name() != null;
		return this.journal.find(target.path())
			.map((session) -> isFree(caller, session) && known)
			.defaultIfEmpty(known);
	}

	private static boolean isFree(Caller caller, JournalSession session) {
		if (session.owner() != null && !session.owner().equals(caller.name())) {
			throw notYours(caller, session);
		}
		return session.owner() == null;
	}

	private static ProblemException notYours(Caller caller, JournalSession session) {
		return caller.operator() ? new ProblemException(ProblemType.SESSION_OF_ANOTHER,
				"Session '%s' belongs to another user. Operators see and end it, and take part in sessions of their own."
					.formatted(session.path().name()))
				: unknown();
	}

	private static ProblemException unknown() {
		return new ProblemException(ProblemType.UNKNOWN_SESSION,
				"There is no such session for you. Send a turn to a session of another name, or to the agent, to begin one.");
	}

	private <T> Mono<T> read(Mono<T> reading) {
		return reading.timeout(this.patience, this.scheduler)
			.publishOn(this.scheduler)
			.onErrorMap((ex) -> ex instanceof JournalException || ex instanceof TimeoutException,
					(ex) -> Turns.unavailable(ex, "Send it again later."));
	}

}
