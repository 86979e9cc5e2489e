package io.switchboard.autoconfigure.web;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * What a reader knows who comes back.
 *
 * @param after the number of the last event that it got, or -1 if it says something that
 * is no number
 */
record Cursor(long after) {

	static final String LAST_EVENT_ID = "Last-Event-ID";

	private static final long NO_NUMBER = -1;

	/**
	 * Read the header of a reader that comes back.
	 * @param request the request
	 * @return what it knows, or {@code null} if it is new
	 */
	static @Nullable Cursor of(ServerRequest request) {
		List<String> values = request.headers().header(LAST_EVENT_ID);
		if (values.isEmpty() || values.get(0).isBlank()) {
			return null;
		}
		try {
			return new Cursor(Math.max(NO_NUMBER, Long.parseLong(values.get(0).strip())));
		}
		catch (NumberFormatException ex) {
			return new Cursor(NO_NUMBER);
		}
	}

	/**
	 * Whether it can be known.
	 * @param lastEvent the number of the session's last event
	 * @return {@code true} if so
	 */
	boolean isKnown(long lastEvent) {
		return this.after > NO_NUMBER && this.after <= lastEvent;
	}

}
