package io.switchboard.autoconfigure.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
			socket.setSoTimeout(10_000);
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

	private static String lastData(Socket socket) throws IOException {
		BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
		String last = "";
		for (String line = reader.readLine(); !"0".equals(line); line = reader.readLine()) {
			last = line.startsWith("data:") ? line : last;
		}
		return last;
	}

}
