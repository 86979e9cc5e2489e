package io.switchboard.autoconfigure.web;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads events from a connection with a small buffer of its own, and not one byte more
 * than it is told to.
 */
final class RawReader implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 60_000;

	private static final int BUFFER = 4096;

	private final Socket socket = new Socket();

	private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

	private @Nullable BufferedReader lines;

	private RawReader(int port, String request) throws IOException {
		this.socket.setReceiveBufferSize(BUFFER);
		this.socket.setSoTimeout(TIMEOUT_MILLIS);
		this.socket.connect(new InetSocketAddress("127.0.0.1", port));
		this.socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(UTF_8));
	}

	/**
	 * Ask for a turn.
	 */
	static RawReader turn(int port, String path, String input) throws IOException {
		String body = "{\"input\": \"%s\"}".formatted(input);
		return new RawReader(port, """
				POST %s HTTP/1.1
				Host: localhost
				Accept: text/event-stream
				Content-Type: application/json
				Content-Length: %d

				%s""".formatted(path, body.length(), body));
	}

	/**
	 * Ask for the events of a session.
	 * @param header a header of the request, or nothing
	 */
	static RawReader events(int port, String path, String header) throws IOException {
		return new RawReader(port, """
				GET %s HTTP/1.1
				Host: localhost
				Accept: text/event-stream
				%s
				""".formatted(path, header.isEmpty() ? "" : header + "\n"));
	}

	/**
	 * Take one byte of the response.
	 */
	void takeByte() throws IOException {
		int next = this.socket.getInputStream().read();
		if (next < 0) {
			throw new EOFException("The response ended behind '%s'".formatted(this.taken.toString(UTF_8)));
		}
		this.taken.write(next);
	}

	/**
	 * Take bytes until a text has come.
	 */
	void takeUntil(String text) throws IOException {
		while (!this.taken.toString(UTF_8).endsWith(text)) {
			takeByte();
		}
	}

	/**
	 * Read on as fast as possible.
	 * @param most how many events there may be
	 * @return all events until the response ends
	 */
	List<Event> rest(int most) throws IOException {
		List<Event> events = new ArrayList<>();
		for (Event event = next(); event != null; event = next()) {
			events.add(event);
			assertThat(events).as("what was kept for the reader").hasSizeLessThan(most);
		}
		return events;
	}

	/**
	 * Read the next event.
	 * @return the event, or {@code null} if the response has ended
	 */
	@Nullable Event next() throws IOException {
		BufferedReader from = lines();
		long id = 0;
		String type = "";
		String data = "";
		for (String line = from.readLine(); line != null; line = from.readLine()) {
			if (line.isEmpty() && !type.isEmpty()) {
				return new Event(id, type, data);
			}
			String value = line.substring(line.indexOf(':') + 1);
			if (line.startsWith("id:")) {
				id = Long.parseLong(value);
			}
			else if (line.startsWith("event:")) {
				type = value;
			}
			else if (line.startsWith("data:")) {
				data = value;
			}
		}
		return null;
	}

	private BufferedReader lines() throws IOException {
		BufferedReader known = this.lines;
		if (known == null) {
			InputStream response = new SequenceInputStream(new ByteArrayInputStream(this.taken.toByteArray()),
					new BufferedInputStream(this.socket.getInputStream()));
			while (!Chunks.line(response).isEmpty()) {
				// a header
			}
			known = new BufferedReader(new InputStreamReader(new Chunks(response), UTF_8));
			this.lines = known;
		}
		return known;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * An event as it was received.
	 *
	 * @param id its number, 0 if it has none
	 * @param type its name
	 * @param data its data
	 */
	record Event(long id, String type, String data) {

	}

	/**
	 * The content of a chunked response. A chunk may begin and end anywhere.
	 */
	private static final class Chunks extends InputStream {

		private final InputStream response;

		private int left;

		private boolean over;

		Chunks(InputStream response) {
			this.response = response;
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			if (this.left == 0 && !this.over) {
				this.left = Integer.parseInt(line(this.response), 16);
				this.over = this.left == 0;
			}
			if (this.over) {
				return -1;
			}
			int count = this.response.readNBytes(bytes, offset, Math.min(length, this.left));
			this.left -= count;
			if (this.left == 0) {
				line(this.response);
			}
			return count;
		}

		static String line(InputStream response) throws IOException {
			StringBuilder line = new StringBuilder();
			for (int next = response.read(); next != '\n'; next = response.read()) {
				if (next < 0) {
					throw new EOFException("The response ended in the line '%s'".formatted(line));
				}
				line.append((char) next);
			}
			return line.toString().strip();
		}

	}

}
