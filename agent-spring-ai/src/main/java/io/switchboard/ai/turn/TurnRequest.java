package io.switchboard.ai.turn;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;

/**
 * Asks a model agent for a turn: the message it takes.
 * <p>
 * Stream it to follow the turn, or ask it for the event it ends with:
 *
 * <pre class="code">
 * agent.stream(new TurnRequest("t-1", "Where is my order?"), TurnEvent.class);
 * agent.ask(new TurnRequest("t-1", "Where is my order?"), TurnEvent.class);
 * </pre>
 *
 * @param turn the turn's id, chosen by the sender, not blank; every event of the turn and
 * every call of a tool carries it. Nothing checks that it is unique, but an agent that
 * was cut off in the middle of a turn goes on with it only for an equal request
 * @param input what the user says, not blank
 * @param media pictures, sounds and documents that belong to the input
 * @param output the type of the answer, {@code null} for text
 * @param accepted whether a journal knows the turn, which then survives the process: see
 * {@link #asAccepted()}
 * @since 0.1.0
 * @see io.switchboard.ai.ModelAgents#ask
 */
public record TurnRequest(String turn, String input, List<Media> media, @Nullable OutputType<?> output,
		boolean accepted) {

	/**
	 * Check the parts.
	 * @throws IllegalArgumentException if one is blank
	 */
	public TurnRequest {
		Objects.requireNonNull(turn, "'turn' must not be null");
		Objects.requireNonNull(input, "'input' must not be null");
		media = List.copyOf(Objects.requireNonNull(media, "'media' must not be null"));
		if (turn.isBlank()) {
			throw new IllegalArgumentException("'turn' is blank: give the turn an id");
		}
		if (input.isBlank()) {
			throw new IllegalArgumentException("'input' is blank: a turn needs something to answer");
		}
	}

	/**
	 * Ask in a turn that lives as long as the process.
	 * @param turn the turn's id
	 * @param input what the user says
	 * @param media what belongs to the input
	 * @param output the type of the answer, {@code null} for text
	 * @throws IllegalArgumentException if one is blank
	 */
	public TurnRequest(String turn, String input, List<Media> media, @Nullable OutputType<?> output) {
		this(turn, input, media, output, false);
	}

	/**
	 * Ask for text.
	 * @param turn the turn's id
	 * @param input what the user says
	 * @throws IllegalArgumentException if one is blank
	 */
	public TurnRequest(String turn, String input) {
		this(turn, input, List.of(), null);
	}

	/**
	 * Ask in a turn with an id of its own.
	 * @param input what the user says, not blank
	 * @return the request
	 */
	public static TurnRequest of(String input) {
		return new TurnRequest(UUID.randomUUID().toString(), input);
	}

	/**
	 * Add pictures, sounds or documents, as the model can read them.
	 * @param media what belongs to the input
	 * @return a changed copy
	 */
	public TurnRequest withMedia(List<Media> media) {
		return new TurnRequest(this.turn, this.input, media, this.output, this.accepted);
	}

	/**
	 * Ask for an answer of a type.
	 * @param output the type
	 * @return a changed copy
	 */
	public TurnRequest withOutput(OutputType<?> output) {
		return new TurnRequest(this.turn, this.input, this.media,
				Objects.requireNonNull(output, "'output' must not be null"), this.accepted);
	}

	/**
	 * Say that the agent's journal knows the turn: that it was
	 * {@linkplain io.switchboard.journal.JournalEntry.Accepted accepted} there. An agent
	 * that has a durable journal then writes each step of the turn before anything
	 * follows from it, and goes on with the turn after a restart of the process when it
	 * is sent again. For any other agent it makes no difference.
	 * <p>
	 * Whoever says this also ends the turn in the journal, or its steps stay there.
	 * @return a changed copy
	 */
	public TurnRequest asAccepted() {
		return new TurnRequest(this.turn, this.input, this.media, this.output, true);
	}

	/**
	 * The same in another object, by which nobody who has this one is kept.
	 * @return a copy
	 */
	TurnRequest copy() {
		return new TurnRequest(this.turn, this.input, this.media, this.output, this.accepted);
	}

	/**
	 * The same for a turn that the journal does not know, or knows no more.
	 * @return another object in any case
	 */
	TurnRequest notAccepted() {
		return new TurnRequest(this.turn, this.input, this.media, this.output, false);
	}

	/**
	 * What the conversation remembers of the request.
	 * @return the message
	 */
	UserMessage said() {
		return UserMessage.builder().text(this.input).media(this.media).build();
	}

	/**
	 * What the model is told.
	 * @return the message
	 */
	UserMessage told() {
		return (this.output == null) ? said()
				: UserMessage.builder()
					.text(this.input + "\n\n" + this.output.instructions())
					.media(this.media)
					.build();
	}

}
