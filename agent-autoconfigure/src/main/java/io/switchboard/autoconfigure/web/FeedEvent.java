package io.switchboard.autoconfigure.web;

import io.switchboard.journal.JournalEntry;
import org.jspecify.annotations.Nullable;

/**
 * An event of a session, written once for all its readers.
 *
 * @param id its number, one more than that of the session's event before; 0 for one that
 * is told to a single reader and is no event of the session
 * @param turn the turn it belongs to, or {@code null} if it belongs to the session
 * @param type its name
 * @param data a JSON object
 */
record FeedEvent(long id, @Nullable String turn, String type, String data) {

	static FeedEvent of(JournalEntry.Event event) {
		return new FeedEvent(event.id(), event.turn(), event.type(), event.content());
	}

	/**
	 * Tell one reader something.
	 * @param type the event's name
	 * @param data what is written as JSON
	 * @return the event
	 */
	static FeedEvent aside(String type, Object data) {
		return new FeedEvent(0, null, type, WireJson.write(data));
	}

}
