package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.switchboard.AgentPath;

/**
 * Remembers turns by the key their client gave them, so that a request that is sent again
 * joins its turn or gets its answer once more.
 * <p>
 * Kept in memory, for a time and up to a size; a turn that runs is never dropped. A turn
 * that the agent did not take is forgotten at once: sending it again is safe and may
 * succeed.
 */
final class IdempotentTurns {

	private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

	/** What a turn costs beside its events, in characters. */
	private static final int OVERHEAD = 512;

	private final Cache<Key, Entry> turns;

	/**
	 * Remember turns.
	 * @param timeToLive how long after their end
	 * @param maxSize how much of them, in characters
	 * @param ticker the clock
	 */
	IdempotentTurns(Duration timeToLive, long maxSize, Ticker ticker) {
		this.turns = Caffeine.newBuilder()
			.ticker(ticker)
			.executor(Runnable::run)
			.maximumWeight(maxSize)
			.weigher((Key key, Entry entry) -> entry.weight())
			.expireAfter(Expiry.writing((Key key, Entry entry) -> entry.ended() ? timeToLive : FOREVER))
			.build();
	}

	/**
	 * Find the turn of a key, or begin it.
	 * @param key the key
	 * @param input what the user says
	 * @param begin makes the turn if there is none
	 * @return the turn of the key, and whether it is new and has to be started
	 * @throws ProblemException if the key belongs to a turn with another input
	 */
	Claim claim(Key key, String input, Function<Key, Turn> begin) {
		AtomicBoolean isNew = new AtomicBoolean();
		Entry entry = this.turns.asMap().computeIfAbsent(key, (absent) -> {
			isNew.set(true);
			return new Entry(input, begin.apply(absent), false);
		});
		if (!entry.input().equals(input)) {
			throw new ProblemException(ProblemType.IDEMPOTENCY_KEY_REUSED,
					"The same Idempotency-Key came with another input before. Use a new key for a new turn.");
		}
		return new Claim(entry.turn(), isNew.get());
	}

	/**
	 * Note that the turn of a key has ended.
	 * @param key the key
	 */
	void ended(Key key) {
		this.turns.asMap()
			.computeIfPresent(key, (known, entry) -> entry.turn().running().isRejected() ? null
					: new Entry(entry.input(), entry.turn(), true));
	}

	/**
	 * Forget the turns of a session.
	 * @param path the session's path
	 */
	void forget(AgentPath path) {
		this.turns.asMap().values().removeIf((entry) -> entry.turn().target().path().equals(path));
	}

	/**
	 * Whose key it is: the same word of another client or for another agent is another
	 * key.
	 *
	 * @param scope the path of the session, or of the agent if a new session was asked
	 * for
	 * @param client who sent it, empty if nobody has to say
	 * @param value the value of the header
	 */
	record Key(AgentPath scope, String client, String value) {
	}

	/**
	 * A turn and who it is for.
	 *
	 * @param target the agent or session
	 * @param running the turn
	 */
	record Turn(TurnTarget target, RunningTurn running) {
	}

	/**
	 * The turn of a key.
	 *
	 * @param turn the turn
	 * @param isNew whether it has to be started
	 */
	record Claim(Turn turn, boolean isNew) {
	}

	private record Entry(String input, Turn turn, boolean ended) {

		int weight() {
			if (!this.ended) {
				return 0;
			}
			return (int) Math.min(Integer.MAX_VALUE,
					OVERHEAD + this.input.length() + this.turn.running().broadcast().size());
		}

	}

}
