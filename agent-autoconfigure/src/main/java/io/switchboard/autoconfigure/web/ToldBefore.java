package io.switchboard.autoconfigure.web;

import java.util.ArrayList;
import java.util.List;

import io.switchboard.ai.turn.Token;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.journal.JournalEntry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a process that has ended told of a turn. The agent, which does not know how far
 * that came, tells the turn from its beginning, each text in one piece; this knows what
 * of it is new to clients.
 */
final class ToldBefore {

	private static final String TOKEN = "token";

	/** Who runs the turn knows of it. */
	private static final String STARTED = "turn-started";

	private final List<Told> told = new ArrayList<>();

	private final long first;

	/** Whether what the agent tells is known to be at the first of those events. */
	private boolean aligned;

	/**
	 * Read it.
	 * @param events the events of the turn by their numbers, at least one; of a long turn
	 * the oldest may not be kept
	 */
	ToldBefore(List<JournalEntry.Event> events) {
		this.first = events.get(0).id();
		StringBuilder text = new StringBuilder();
		for (JournalEntry.Event event : events) {
			if (event.type().equals(TOKEN)) {
				text.append(JsonMapper.shared().readTree(event.content()).path("text").asString(""));
				continue;
			}
			addText(text);
			if (!event.type().equals(STARTED)) {
				this.told.add(new Told(event.type(), event.content()));
			}
		}
		addText(text);
		this.aligned = events.get(0).type().equals(STARTED) || this.told.stream().allMatch(Told::isText);
	}

	private void addText(StringBuilder text) {
		if (!text.isEmpty()) {
			this.told.add(new Told(TOKEN, text.toString()));
			text.setLength(0);
		}
	}

	/**
	 * The number of the first event.
	 * @return the number
	 */
	long first() {
		return this.first;
	}

	/**
	 * Whether the agent has come to the end of what was told.
	 * @return {@code true} if all that follows is new
	 */
	boolean isOver() {
		return this.told.isEmpty();
	}

	/**
	 * What is new of an event.
	 * @param event what the agent tells, other than the end of the turn
	 * @return the event, the end of its text, or {@code null} if it was told
	 */
	@Nullable TurnEvent untold(TurnEvent event) {
		if (event instanceof Token token) {
			return untold(token);
		}
		int known = this.told.indexOf(new Told(event.type(), WireJson.write(event)));
		if (known >= 0) {
			this.aligned = true;
			this.told.subList(0, known + 1).clear();
			return null;
		}
		if (this.told.size() == 1 && this.told.get(0).isText()) {
			// of a call of the model that was cut off
			this.told.clear();
		}
		return this.aligned ? event : null;
	}

	private @Nullable TurnEvent untold(Token token) {
		if (isOver()) {
			return token;
		}
		if (!this.told.get(0).isText()) {
			return null;
		}
		String known = this.told.remove(0).content();
		if (!this.told.isEmpty() || token.text().equals(known)) {
			return null;
		}
		return token.text().startsWith(known) ? new Token(token.turn(), token.text().substring(known.length())) : token;
	}

	/**
	 * An event, or what tokens between two others say together.
	 *
	 * @param type the event's name
	 * @param content its data, or the text
	 */
	private record Told(String type, String content) {

		boolean isText() {
			return this.type.equals(TOKEN);
		}

	}

}
