package com.example.helpdesk.page;

import java.time.Duration;
import java.util.Map;

import io.switchboard.runtime.AgentSystem;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.WebElement;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * The help desk, and a browser that looks at its page.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "helpdesk.rehearsal.words-per-second=0", "switchboard.retry.first=1ms" })
abstract class WatchedDesk {

	@RegisterExtension
	static final Browser browser = new Browser();

	@LocalServerPort
	private int port;

	@Autowired
	AgentSystem system;

	/**
	 * Open the page.
	 * @param path the node to be shown, empty for none
	 */
	void open(String path) {
		browser.open(address(path));
	}

	int port() {
		return this.port;
	}

	String address(String path) {
		return "http://localhost:%d/switchboard%s".formatted(this.port, path.isEmpty() ? "" : "/#" + path);
	}

	static String row(String path) {
		return "#tree [data-path='%s']".formatted(path);
	}

	WebElement seeRow(String path, String column, String text) {
		return browser.see(row(path) + " ." + column, (cell) -> cell.getText().startsWith(text));
	}

	void say(String session, String input) {
		client().post()
			.uri("/agents/support/{session}/turns", session)
			.bodyValue(Map.of("input", input))
			.exchange()
			.expectStatus()
			.isOk();
	}

	/**
	 * Delete a session with all that is kept of it.
	 */
	void forget(String session) {
		client().delete().uri("/agents/support/{session}", session).exchange().expectStatus().isNoContent();
	}

	private WebTestClient client() {
		return WebTestClient.bindToServer()
			.baseUrl("http://localhost:%d".formatted(this.port))
			.responseTimeout(Duration.ofSeconds(60))
			.build();
	}

}
