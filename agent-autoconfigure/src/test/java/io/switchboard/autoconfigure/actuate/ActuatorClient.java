package io.switchboard.autoconfigure.actuate;

import java.net.URI;
import java.time.Duration;

import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/**
 * Asks the application of an {@link ActuatorTest}.
 */
final class ActuatorClient {

	private ActuatorClient() {
	}

	static ResponseSpec get(int port, String uri) {
		return WebTestClient.bindToServer()
			.responseTimeout(Duration.ofSeconds(60))
			.build()
			.get()
			.uri(URI.create("http://127.0.0.1:" + port + uri))
			.exchange();
	}

}
