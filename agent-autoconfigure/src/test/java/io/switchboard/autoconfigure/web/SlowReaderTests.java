package io.switchboard.autoconfigure.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a client that opens a stream and does not read it.
 */
@DeskTest
class SlowReaderTests {

	@LocalServerPort
	private int port;

	@Test
	void slowReaderDoesNotSlowTheAgentAndIsToldSo() throws IOException {
		DeskClient desk = new DeskClient(this.port);
		try (Socket socket = new Socket()) {
			socket.setReceiveBufferSize(4096);
			socket.setSoTimeout(60_000);
			socket.connect(new InetSocketAddress("127.0.0.1", this.port));
			socket.getOutputStream().write(request("/agents/support/slow/turns", "{\"input\": \"many 100000\"}"));
			assertThat(socket.getInputStream().readNBytes(12)).asString(UTF_8).isEqualTo("HTTP/1.1 200");

			desk.ask("/agents/support/slow/turns", "count").expectBody().jsonPath("$.answer").isEqualTo("1/2");

			assertThat(lastData(socket)).contains("\"code\":\"reader-too-slow\"");
		}
	}

	private static byte[] request(String path, String body) {
		return """
				POST %s HTTP/1.1
				Host: localhost
				Accept: text/event-stream
				Content-Type: application/json
				Content-Length: %d

				%s""".formatted(path, body.length(), body).replace("\n", "\r\n").getBytes(UTF_8);
	}

	/**
	 * Read the rest of a chunked response. A chunk may begin and end anywhere in a line.
	 * @param socket the connection, after the first bytes of the status line
	 * @return the data of the last event
	 * @throws IOException if the connection ends first
	 */
	private static String lastData(Socket socket) throws IOException {
		InputStream response = new BufferedInputStream(socket.getInputStream());
		while (!line(response).isEmpty()) {
			// a header
		}
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		for (int size = chunk(response); size > 0; size = chunk(response)) {
			body.write(response.readNBytes(size));
			line(response);
		}
		return body.toString(UTF_8).lines().filter((line) -> line.startsWith("data:")).reduce("", (a, b) -> b);
	}

	private static int chunk(InputStream response) throws IOException {
		return Integer.parseInt(line(response), 16);
	}

	private static String line(InputStream response) throws IOException {
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
