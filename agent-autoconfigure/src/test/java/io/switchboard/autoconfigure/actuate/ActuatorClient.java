package io.switchboard.autoconfigure.actuate;

import java.net.URI;
import java.time.Duration;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/**
 * Asks the application of an {@link ActuatorTest}.
 */
final class ActuatorClient {

	private ActuatorClient() {
	}

	static ResponseSpec get(int port, String uri) {
		return client().get().uri(at(port, uri)).exchange();
	}

	static ResponseSpec post(int port, String uri, String json) {
		return client().post().uri(at(port, uri)).contentType(MediaType.APPLICATION_JSON).bodyValue(json).exchange();
	}

	private static WebTestClient client() {
		return WebTestClient.bindToServer().responseTimeout(Duration.ofSeconds(60)).build();
	}

	private static URI at(int port, String uri) {
		return URI.create("http://127.0.0.1:" + port + uri);
	}

}
