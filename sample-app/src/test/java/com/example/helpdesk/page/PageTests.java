package com.example.helpdesk.page;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the page shows what happens.
 */
class PageTests extends WatchedDesk {

	@Test
	void theCountOfRestartsRisesWithoutReload() {
		say("ada", "My name is Ada.");
		open("");
		seeRow("/desk/support/ada", "restarts", "0");
		browser.script("window.sameDocument = true");

		say("ada", "Where is ORD-1313?");

		seeRow("/desk/support/ada", "restarts", "1");
		browser.seeText("#news-lines", "java.lang.ArithmeticException");
		browser.see("#rate-restarts.moving");
		browser.see("#attention.some");
		assertThat(browser.script("return window.sameDocument")).isEqualTo(true);
		assertThat(browser.console()).isEmpty();
	}

	@Test
	void newSessionAppearsAndIsFound() {
		open("");
		browser.see(row("/desk/support"));

		say("grace", "My name is Grace.");

		seeRow("/desk/support/grace", "status", "running");
		browser.see("#search").sendKeys("GRA");
		browser.seeText("#found", "1 found");
		browser.seeNone(row("/desk/pricing"));
		assertThat(browser.see(row("/desk/support/grace")).getText()).contains("/desk/support/grace");
	}

	@Test
	void whatHappenedWhileTheConnectionWasLostIsThereAfterwards() throws IOException {
		say("edsger", "My name is Edsger.");
		try (Relay relay = new Relay(port())) {
			browser.open("http://localhost:%d/switchboard".formatted(relay.port()));
			seeRow("/desk/support/edsger", "restarts", "0");
			relay.cut();
			browser.see("#connection[data-state=lost]");

			say("edsger", "Where is ORD-1313?");
			relay.mend();

			browser.see("#connection[data-state=live]");
			seeRow("/desk/support/edsger", "restarts", "1");
		}
	}

	@Test
	void crashIsExplained() {
		say("barbara", "Where is ORD-1313?");
		open("/desk/support/barbara");

		browser.see("#tab-crashes", (tab) -> tab.getText().equals("Crashes (1)")).click();
		browser.seeText("#panel-crashes summary", "java.lang.ArithmeticException").click();

		browser.seeText("#panel-crashes pre", "at com.example.helpdesk.orders");
		browser.see("#tab-overview").click();
		browser.seeText("#panel-overview", "last exit");
	}

	@Test
	void pageFitsAPhone() {
		say("ada", "My name is Ada.");
		browser.open(address(""), 390, 800);
		seeRow("/desk/support/ada", "restarts", "");

		assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
		browser.see(row("/desk/support/ada")).click();
		browser.seeText("#panel-overview", "mailbox");
		assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
		browser.see("#node .close").click();
		browser.see(row("/desk/support/ada"));
	}

}
