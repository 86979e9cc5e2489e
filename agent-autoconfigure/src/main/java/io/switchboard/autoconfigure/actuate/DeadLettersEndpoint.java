package io.switchboard.autoconfigure.actuate;

import io.switchboard.autoconfigure.actuate.DeadLettersDescriptor.Message;
import io.switchboard.autoconfigure.actuate.DeadLettersDescriptor.Turn;
import io.switchboard.autoconfigure.operations.DeadLetters;
import io.switchboard.autoconfigure.operations.DeadTurn;
import io.switchboard.event.AgentEvent.DeadLetter;
import io.switchboard.report.Sanitizer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Shows the latest turns that were given up and messages that reached nobody. Over HTTP
 * operators replay and drop them where {@code management.endpoint.deadletters.access}
 * allows more than reading. What users have said is shown to those whom
 * {@code management.endpoint.agents.show-values} shows texts, as far as the
 * {@link Sanitizer} lets it be seen.
 *
 * @since 0.1.0
 */
@Endpoint(id = "deadletters", defaultAccess = Access.READ_ONLY)
public class DeadLettersEndpoint {

	private final DeadLetters letters;

	private final Sanitizer sanitizer;

	private final Show showValues;

	/**
	 * Show dead letters.
	 * @param letters where they are
	 * @param sanitizer decides what may be told of what users have said
	 * @param showValues who is told that much
	 */
	public DeadLettersEndpoint(DeadLetters letters, Sanitizer sanitizer, Show showValues) {
		this.letters = letters;
		this.sanitizer = sanitizer;
		this.showValues = showValues;
	}

	/**
	 * The latest dead letters.
	 * @param limit how many turns and how many messages to show, 200 if not given
	 * @return what is kept
	 */
	@ReadOperation
	DeadLettersDescriptor deadLetters(@Nullable Integer limit) {
		return describe(limit, this.showValues == Show.ALWAYS);
	}

	DeadLettersDescriptor describe(@Nullable Integer limit, boolean showValues) {
		int shown = AgentsEndpoint.cut(limit, null).children();
		var turns = this.letters.turns();
		var messages = this.letters.messages();
		return new DeadLettersDescriptor(turns.size(),
				turns.stream().limit(shown).map((turn) -> describe(turn, showValues)).toList(), messages.size(),
				messages.stream().limit(shown).map(DeadLettersEndpoint::describe).toList());
	}

	private Turn describe(DeadTurn turn, boolean showValues) {
		return new Turn(turn.agent().toString(), turn.turn(), turn.incarnation(), turn.failure(),
				showValues ? this.sanitizer.detail(turn.agent(), turn.detail()) : null,
				showValues ? this.sanitizer.message(turn.agent(), turn.input()) : null, turn.at());
	}

	private static Message describe(DeadLetter letter) {
		return new Message(letter.path().toString(), letter.messageType().getName(),
				TreeDescriber.kebab(letter.result()), letter.at());
	}

}
