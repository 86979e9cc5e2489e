package com.example.helpdesk.page;

import java.io.IOException;
import java.util.stream.Stream;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

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
		// the line is of a minute, the number beside it of five seconds
		browser.see("#rate-restarts", PageTests::hasPeak);
		browser.see("#attention.some");
		assertThat(browser.script("return window.sameDocument")).isEqualTo(true);
		assertThat(browser.console()).isEmpty();
	}

	private static boolean hasPeak(WebElement rate) {
		String points = rate.findElement(By.tagName("polyline")).getDomAttribute("points");
		return Stream.of(points.split(" ")).anyMatch((point) -> !point.endsWith(",19.0"));
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
	void connectionThatIsDeadIsMadeAnew() throws IOException {
		try (Relay relay = new Relay(port())) {
			browser.open("http://localhost:%d/switchboard".formatted(relay.port()));
			browser.see("#connection[data-state=live]");

			relay.swallow();
			browser.see("#connection[data-state=lost]");
			relay.mend();

			browser.see("#connection[data-state=live]");
		}
	}

	@Test
	void ratesAreOfTheSecondsThatWereSeen() {
		open("");
		browser.see("#connection[data-state=live]");

		Object rates = browser.script("""
				return import(new URL('strip.js', document.baseURI).href).then(({ Strip }) => {
				  const strip = new Strip(document.createElement('div'));
				  const take = (second, turns) => strip.take({ at: new Date(second * 1000).toISOString(), restarts: 0,
				    totals: { turns } });
				  const rate = strip.rates.find(({ name }) => name === 'turns');
				  take(1000, 0);
				  take(1004, 8);
				  const missed = rate.seconds.concat(rate.now).slice(-5);
				  strip.reset();
				  take(2000, 1000);
				  return [missed.join(), rate.now];
				})""");

		assertThat(rates).asInstanceOf(InstanceOfAssertFactories.LIST).containsExactly("0,2,2,2,2", 2L);
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
