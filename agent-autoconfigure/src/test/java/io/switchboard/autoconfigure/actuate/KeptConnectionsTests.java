package io.switchboard.autoconfigure.actuate;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a connection serves whoever keeps it.
 */
@ActuatorTest
class KeptConnectionsTests {

	private static final int TIMEOUT_MILLIS = 30_000;

	/**
	 * Answered by a thread that may block, for all trees are.
	 */
	private static final String FIRST = "GET /actuator/agents HTTP/1.1\r\nHost: localhost\r\n\r\n";

	/**
	 * Answered by the thread that reads the connection.
	 */
	private static final String SECOND = "GET /actuator/agents/nobody HTTP/1.1\r\nHost: localhost\r\n\r\n";

	@LocalServerPort
	private int port;

	/**
	 * Reactor Netty 1.3.7 does not: after two that came at once it reads no further.
	 */
	@Test
	void aConnectionIsReadOnAfterRequestsThatCameAtOnce() throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.setSoTimeout(TIMEOUT_MILLIS);
			InputStream responses = new BufferedInputStream(socket.getInputStream());

			for (int i = 0; i < 3; i++) {
				socket.getOutputStream().write((FIRST + SECOND).getBytes(US_ASCII));

				assertThat(status(responses)).isEqualTo(200);
				assertThat(status(responses)).isEqualTo(404);
			}
		}
	}

	/**
	 * Read a response with all its content.
	 */
	private static int status(InputStream responses) throws IOException {
		int status = Integer.parseInt(line(responses).split(" ")[1]);
		int length = 0;
		for (String header = line(responses); !header.isEmpty(); header = line(responses)) {
			if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
				length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
			}
		}
		responses.skipNBytes(length);
		return status;
	}

	private static String line(InputStream responses) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = responses.read(); next != '\n'; next = responses.read()) {
			assertThat(next).as("the next byte behind '%s'", line).isNotNegative();
			line.append((char) next);
		}
		return line.toString().strip();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

	}

}
