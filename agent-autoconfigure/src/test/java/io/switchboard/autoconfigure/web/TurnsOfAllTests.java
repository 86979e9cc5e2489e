package io.switchboard.autoconfigure.web;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static io.switchboard.autoconfigure.web.DeskClient.problem;

/**
 * Tests that the turns of all are counted when they begin.
 */
@SpringBootTest(classes = Desk.class, webEnvironment = WebEnvironment.RANDOM_PORT, properties = {
		"server.address=127.0.0.1", "spring.ai.model.chat=none", "switchboard.web.limits.turns-of-all=2" })
class TurnsOfAllTests {

	@LocalServerPort
	private int port;

	@Test
	void requestsThatBeginNoTurnKeepNobodyAway() {
		DeskClient desk = new DeskClient(this.port);
		for (int request = 0; request < 5; request++) {
			desk.send("/agents/support/all-1/turns", "application/json", "{").expectStatus().isBadRequest();
		}

		for (int sent = 0; sent < 5; sent++) {
			desk.ask("/agents/support/all-1/turns", "say yes", DurableDesk.key("k1")).expectStatus().isOk();
		}
		desk.ask("/agents/support/all-1/turns", "say yes").expectStatus().isOk();

		problem(desk.ask("/agents/support/all-1/turns", "say yes"), 429, "too-many-turns");
	}

}
