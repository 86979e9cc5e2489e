package com.example.helpdesk.page;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks at the help desk through the page at {@code /switchboard}.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "helpdesk.rehearsal.words-per-second=0", "switchboard.retry.first=1ms" })
class PageTests {

	@RegisterExtension
	static final Browser browser = new Browser();

	@LocalServerPort
	private int port;

	@Test
	void theCountOfRestartsRisesWithoutReload() {
		turn("ada", "My name is Ada.");
		browser.open(address());
		WebElement row = browser.see(row("/desk/support/ada"));
		assertThat(row.findElement(restarts()).getText()).isEqualTo("0");
		browser.script("window.sameDocument = true");

		turn("ada", "Where is ORD-1313?");

		browser.see(row("/desk/support/ada"), (node) -> node.findElement(restarts()).getText().equals("1"));
		browser.seeText("#news-lines", "java.lang.ArithmeticException");
		browser.see("#rate-restarts.moving");
		assertThat(browser.script("return window.sameDocument")).isEqualTo(true);
		assertThat(browser.console()).isEmpty();
	}

	private static By restarts() {
		return By.className("restarts");
	}

	private static String row(String path) {
		return "#tree [data-path='%s']".formatted(path);
	}

	private String address() {
		return "http://localhost:%d/switchboard".formatted(this.port);
	}

	private void turn(String session, String input) {
		WebTestClient.bindToServer()
			.baseUrl("http://localhost:%d".formatted(this.port))
			.responseTimeout(Duration.ofSeconds(60))
			.build()
			.post()
			.uri("/agents/support/{session}/turns", session)
			.bodyValue(Map.of("input", input))
			.exchange()
			.expectStatus()
			.isOk();
	}

}
