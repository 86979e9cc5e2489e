package io.switchboard.ai.turn;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.journal.JournalEntry;

/**
 * A turn as the journal knows it, told to a machine that goes on from there.
 *
 * @param inputs what has happened
 * @param events what clients were told of that, or would have been
 * @param waited for how many milliseconds nothing was done, as the turn waited for people
 * or no process had it, up to its last step
 * @param lastAt when the last step was written, in milliseconds
 */
record TurnReplay(List<TurnInput> inputs, List<TurnEvent> events, long waited, long lastAt) {

	/**
	 * How often in a row a turn may be gone on with that does nothing anybody sees. What
	 * it does then may be what ends the process.
	 */
	static final int MOST_SILENT = 10;

	/**
	 * How often in a row a turn may be gone on with that says something each time and
	 * does not get to the end of it. Whoever restarts the process often may be why.
	 */
	static final int MOST_REOPENED = 100;

	/**
	 * Tell a machine what has happened.
	 * @param session the agent's path
	 * @param steps the steps, at least one
	 * @param lastText when clients were shown the last piece of text
	 * @param machine the machine of a turn that has not begun
	 * @return what was told
	 * @throws UnreadableSessionException if the steps cannot be read or followed, or the
	 * turn does not get on
	 */
	static TurnReplay of(AgentPath session, List<JournalEntry.Step> steps, Instant lastText, TurnMachine machine) {
		List<TurnInput> inputs = new ArrayList<>();
		List<TurnEvent> events = new ArrayList<>();
		long waited = 0;
		long lastAt = steps.get(0).at().toEpochMilli();
		int reopened = 0;
		int silent = 0;
		for (JournalEntry.Step step : steps) {
			TurnInput input = read(session, step, inputs.size() + 1);
			long at = step.at().toEpochMilli();
			boolean awaiting = machine.isAwaiting();
			boolean again = input instanceof TurnInput.Reopened;
			if (again || (awaiting && input instanceof TurnInput.Decided)) {
				waited += Math.max(0, at - lastAt);
			}
			if (!again) {
				reopened = 0;
				silent = 0;
			}
			else if (!awaiting) {
				reopened++;
				silent += step.at().isAfter(lastText) ? 1 : 0;
			}
			lastAt = at;
			if (input instanceof TurnInput.Answered answered && !answered.answer().text().isEmpty()) {
				events.add(new Token(step.turn(), answered.answer().text()));
			}
			events.addAll(follow(session, step, input, machine).events());
			inputs.add(input);
		}
		if (silent >= MOST_SILENT || reopened >= MOST_REOPENED) {
			throw new UnreadableSessionException(session,
					"turn '%s' was gone on with %d times in a row and did not get on".formatted(steps.get(0).turn(),
							reopened),
					null);
		}
		return new TurnReplay(List.copyOf(inputs), List.copyOf(events), waited, lastAt);
	}

	private static TurnInput read(AgentPath session, JournalEntry.Step step, int expected) {
		if (step.step() != expected) {
			throw new UnreadableSessionException(session, "step %d of turn '%s' is missing, the next one there is %d"
				.formatted(expected, step.turn(), step.step()), null);
		}
		try {
			TurnInput input = TurnInputJson.read(step);
			if ((expected == 1) != (input instanceof TurnInput.Begun)) {
				throw new IllegalArgumentException("Step %d of turn '%s' is '%s', but a turn begins once, with step 1"
					.formatted(expected, step.turn(), step.kind()));
			}
			return input;
		}
		catch (IllegalArgumentException ex) {
			throw new UnreadableSessionException(session, String.valueOf(ex.getMessage()), ex);
		}
	}

	private static TurnDecision follow(AgentPath session, JournalEntry.Step step, TurnInput input,
			TurnMachine machine) {
		try {
			return machine.handle(input);
		}
		catch (RuntimeException ex) {
			throw new UnreadableSessionException(session,
					"step %d of turn '%s', which is '%s', does not fit what came before (%s)".formatted(step.step(),
							step.turn(), step.kind(), ex.getClass().getName()),
					ex);
		}
	}

	/**
	 * What clients were told, or would have been if the process had not ended before:
	 * nobody knows how much of it they were. The end comes anew.
	 * @return the events, with each text that a model has given in one piece
	 */
	List<TurnEvent> told() {
		return this.events.stream().filter((event) -> !event.last()).toList();
	}

	/**
	 * For how long nothing was done, if the turn goes on now.
	 * @param now the time in milliseconds
	 * @return milliseconds
	 */
	long waited(long now) {
		return this.waited + Math.max(0, now - this.lastAt);
	}

}
