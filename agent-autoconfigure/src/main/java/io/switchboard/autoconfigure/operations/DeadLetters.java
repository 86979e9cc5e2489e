package io.switchboard.autoconfigure.operations;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import io.switchboard.AgentPath;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent.DeadLetter;
import io.switchboard.runtime.AgentSystem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What did not reach anybody or came to nothing: turns that were given up, which can be
 * replayed, and messages that nobody took, of which only the class is known. The latest
 * of each are kept, in memory.
 * <p>
 * What operators do with them is written down as with {@link AgentOperations}.
 *
 * @since 0.1.0
 */
public final class DeadLetters {

	private final AgentSystem system;

	private final RecentEvents<DeadLetter> messages;

	private final @Nullable DeadTurns turns;

	DeadLetters(AgentSystem system, RecentEvents<DeadLetter> messages, @Nullable DeadTurns turns) {
		this.system = system;
		this.messages = messages;
		this.turns = turns;
	}

	/**
	 * Messages that reached nobody.
	 * @return the latest, newest first
	 */
	public List<DeadLetter> messages() {
		return this.messages.all();
	}

	/**
	 * Turns that were given up.
	 * @return the latest, newest first
	 */
	public List<DeadTurn> turns() {
		return (this.turns != null) ? this.turns.all() : List.of();
	}

	/**
	 * Send a turn to its agent once more. Nobody waits for its answer, which is in the
	 * conversation then; a turn that fails again is kept again.
	 * @param agent who led it
	 * @param turn its id
	 * @param operator the name of who asks, or {@code null} if it is not known
	 * @return what came of it
	 */
	public Mono<DeadLetterOutcome> replay(AgentPath agent, String turn, @Nullable String operator) {
		return done(agent, "replay-dead-letter", operator, () -> {
			SendResult result = (this.turns != null) ? this.turns.replay(agent, turn) : null;
			if (result == null) {
				return DeadLetterOutcome.NOT_FOUND;
			}
			return result.isAccepted() ? DeadLetterOutcome.DONE : DeadLetterOutcome.NOT_POSSIBLE;
		});
	}

	/**
	 * Forget a turn.
	 * @param agent who led it
	 * @param turn its id
	 * @param operator the name of who asks, or {@code null} if it is not known
	 * @return what came of it
	 */
	public Mono<DeadLetterOutcome> drop(AgentPath agent, String turn, @Nullable String operator) {
		return done(agent, "drop-dead-letter", operator, () -> (this.turns != null && this.turns.drop(agent, turn))
				? DeadLetterOutcome.DONE : DeadLetterOutcome.NOT_FOUND);
	}

	/**
	 * Forget all turns and messages that are kept now.
	 * @param operator the name of who asks, or {@code null} if it is not known
	 * @return what came of it, always {@link DeadLetterOutcome#DONE}
	 */
	public Mono<DeadLetterOutcome> dropAll(@Nullable String operator) {
		return done(AgentPath.ROOT, "drop-dead-letters", operator, () -> {
			turns().forEach((turn) -> Objects.requireNonNull(this.turns).drop(turn.agent(), turn.turn()));
			this.messages.clear();
			return DeadLetterOutcome.DONE;
		});
	}

	private Mono<DeadLetterOutcome> done(AgentPath path, String action, @Nullable String operator,
			Supplier<DeadLetterOutcome> deed) {
		return Mono.fromSupplier(deed)
			.flatMap((outcome) -> this.system.control(path).report(action, operator, outcome.id()).thenReturn(outcome));
	}

}
