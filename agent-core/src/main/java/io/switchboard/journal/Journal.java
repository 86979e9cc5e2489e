package io.switchboard.journal;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import io.switchboard.AgentPath;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store that is asked before anything is told: what is written here survives the agent,
 * the process and the machine, as far as the store does.
 * <p>
 * You probably want a {@link JournalWriter}, which numbers what it writes, and
 * {@link InMemoryJournal} for tests or the store of the module {@code agent-jdbc}. Write
 * a store of your own if neither fits; it has to keep what is said here at each method.
 * <p>
 * <b>Who may write.</b> Each time a session is opened it gets an epoch that rises, and
 * from then on whoever opened it before is refused. That is decided where the data is, so
 * it holds between machines as well.
 * <p>
 * <b>What is a write.</b> All entries of a {@link JournalWrite} are kept or none is. The
 * writes of a session carry numbers that rise; a write that was kept and comes again is
 * not kept twice, so that a store may try again where it cannot know whether it has
 * succeeded.
 * <p>
 * Nothing here blocks its caller. Answers come on a thread of the store: go back to your
 * own.
 *
 * @since 0.1.0
 */
public interface Journal {

	/**
	 * Whether what was written survives the process. What only helps after a restart need
	 * not be written otherwise: steps of turns and conversations.
	 * @return {@code true} if so
	 */
	boolean isDurable();

	/**
	 * Take a session over, or begin it.
	 * @param session the agent's path
	 * @param definition names the version of the agent's definition, so that one that
	 * does not fit what is stored can be told; kept when the session begins
	 * @return the session, with an epoch that nobody had before; fails with a
	 * {@link JournalUnavailableException} if the store cannot be reached
	 */
	Mono<JournalSession> open(AgentPath session, String definition);

	/**
	 * Look at a session without taking it over.
	 * @param session the agent's path
	 * @return the session, or nothing if there is none
	 */
	Mono<JournalSession> find(AgentPath session);

	/**
	 * Keep entries. They are taken in the order of the calls, whether or not anybody
	 * waits for the answer, and cannot be taken back.
	 * @param write what to keep
	 * @return completes when the entries would survive; fails with a
	 * {@link StaleWriterException} if somebody else has opened the session or it was
	 * deleted, with a {@link JournalConflictException} if an entry contradicts what is
	 * stored, and with a {@link JournalUnavailableException} if the store could not be
	 * reached in time, in which case they may have been kept
	 */
	CompletableFuture<Void> write(JournalWrite write);

	/**
	 * Look at a turn.
	 * @param session the agent's path
	 * @param turn the turn's id
	 * @return the turn, or nothing if none of that id was accepted
	 */
	Mono<JournalTurn> turn(AgentPath session, String turn);

	/**
	 * Find the turn that was accepted with a key.
	 * @param key the key, as it was given to {@link JournalEntry.Accepted}
	 * @return the turn, or nothing if there is none
	 */
	Mono<JournalTurn> turnOf(String key);

	/**
	 * Find what was accepted and has not ended.
	 * @return the turns, those of a session in the order in which they were accepted
	 */
	Flux<JournalTurn> openTurns();

	/**
	 * Read what has happened in a turn.
	 * @param session the agent's path
	 * @param turn the turn's id
	 * @return its steps by their numbers; none once the turn has ended
	 */
	Flux<JournalEntry.Step> steps(AgentPath session, String turn);

	/**
	 * Read what clients were shown.
	 * @param session the agent's path
	 * @param after the number of the last event that is known, 0 for all
	 * @return the later events by their numbers, as far as they are still kept
	 */
	Flux<JournalEntry.Event> events(AgentPath session, long after);

	/**
	 * Read what clients were shown of one turn, however long the session was before it.
	 * @param session the agent's path
	 * @param turn the turn's id
	 * @return the turn's events by their numbers, as far as they are still kept
	 */
	Flux<JournalEntry.Event> events(AgentPath session, String turn);

	/**
	 * Read what was said in a session.
	 * @param session the agent's path
	 * @return the newest {@link JournalEntry.Conversation}, or nothing if there is none
	 */
	Mono<JournalEntry.Conversation> conversation(AgentPath session);

	/**
	 * Delete a session with all that is known of it. Whoever has opened it can write no
	 * more.
	 * @param session the agent's path
	 * @return completes when it is gone, also if there was none
	 */
	Mono<Void> delete(AgentPath session);

	/**
	 * Delete some of what need not be kept any longer: not so much that writes would wait
	 * for it. Call it again as long as there is {@link JournalTrimmed#more() more}.
	 * <p>
	 * Open turns and their events stay, unless there are too many of these, and so do
	 * sessions with open turns.
	 * @param retention how long to keep what
	 * @param now the time
	 * @return what was deleted
	 */
	Mono<JournalTrimmed> trim(JournalRetention retention, Instant now);

}
