package io.switchboard.ai.turn;

import java.time.Instant;

import io.switchboard.journal.JournalEntry;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes what happens in a turn as steps of the journal, and reads it back.
 */
final class TurnInputJson {

	/** What contents are written and read with. */
	static final JsonMapper MAPPER = JsonMapper.builder()
		.disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private TurnInputJson() {
	}

	/**
	 * Write.
	 * @param turn the turn's id
	 * @param step the number of the step
	 * @param input what happened
	 * @param at when
	 * @return the step
	 */
	static JournalEntry.Step write(String turn, int step, TurnInput input, Instant at) {
		StoredInput stored = StoredInput.of(input);
		return new JournalEntry.Step(turn, step, stored.kind().id(), MAPPER.writeValueAsString(stored), at);
	}

	/**
	 * Read back.
	 * @param step the step
	 * @return what happened
	 * @throws IllegalArgumentException if it cannot be read; tells which step of which
	 * turn
	 */
	static TurnInput read(JournalEntry.Step step) {
		try {
			return MAPPER.readValue(step.content(), StoredKind.of(step.kind()).type()).toInput();
		}
		catch (JacksonException | IllegalArgumentException | NullPointerException ex) {
			throw new IllegalArgumentException("Step %d of turn '%s', which is '%s', cannot be read: %s"
				.formatted(step.step(), step.turn(), step.kind(), reason(ex)), ex);
		}
	}

	/**
	 * Jackson quotes what it reads, which is what users have said.
	 */
	private static String reason(RuntimeException ex) {
		return (ex instanceof JacksonException jackson)
				? "its content is not as it was written, at " + jackson.getLocation() : String.valueOf(ex.getMessage());
	}

}
