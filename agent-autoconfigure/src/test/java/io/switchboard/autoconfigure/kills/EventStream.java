package io.switchboard.autoconfigure.kills;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events of a session.
 */
final class EventStream implements AutoCloseable {

	private final BufferedReader lines;

	private final String reader;

	private final String session;

	private final int life;

	EventStream(InputStream body, String reader, String session, int life) {
		this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
		this.reader = reader;
		this.session = session;
		this.life = life;
	}

	/**
	 * Read on.
	 * @return the next event, or {@code null} if the stream has ended
	 * @throws IOException if it was cut off
	 */
	@Nullable Seen next() throws IOException {
		long id = 0;
		String type = "";
		StringBuilder data = new StringBuilder();
		String line = this.lines.readLine();
		while (line != null) {
			if (line.isEmpty() && !type.isEmpty()) {
				return new Seen(this.reader, this.session, this.life, id, type, data.toString());
			}
			if (line.startsWith("id:")) {
				id = Long.parseLong(line.substring("id:".length()).strip());
			}
			else if (line.startsWith("event:")) {
				type = line.substring("event:".length()).strip();
			}
			else if (line.startsWith("data:")) {
				data.append(line.substring("data:".length()));
			}
			line = this.lines.readLine();
		}
		return null;
	}

	@Override
	public void close() throws IOException {
		this.lines.close();
	}

}
