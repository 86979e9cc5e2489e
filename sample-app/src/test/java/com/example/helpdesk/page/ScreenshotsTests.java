package com.example.helpdesk.page;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/**
 * Makes the pictures in the documentation, if asked for with
 * {@code -Dscreenshots=docs/images}.
 */
@EnabledIfSystemProperty(named = "screenshots", matches = ".+", disabledReason = "Pictures are made on demand")
class ScreenshotsTests extends WatchedDesk {

	@AfterEach
	void resetColours() {
		browser.prefer("");
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void photograph(String scheme) throws IOException {
		for (String name : new String[] { "ada", "grace", "edsger", "barbara", "alan", "hedy", "donald" }) {
			say(name + "-" + scheme, "My name is " + name);
		}
		browser.prefer(scheme);
		open("/desk/support/ada-" + scheme);
		seeRow("/desk/support/donald-" + scheme, "status", "running");
		for (int crash = 0; crash < 2; crash++) {
			say("ada-" + scheme, "Where is ORD-1313?");
			say("edsger-" + scheme, "Where is ORD-1313?");
		}
		seeRow("/desk/support/edsger-" + scheme, "restarts", "2");
		browser.see("#tab-crashes").click();
		browser.see("#panel-crashes summary").click();
		browser.photograph(file("page-crashes", scheme));

		browser.see("#tab-overview").click();
		browser.photograph(file("page", scheme));

		open("/desk/support/grace-" + scheme);
		browser.see("#tab-conversation").click();
		browser.see(".say textarea").sendKeys("Where is ORD-1001, and how much is a kettle?" + Keys.ENTER);
		browser.seeText(".turn:last-child .end", "steps");
		browser.see(".say button:enabled");
		browser.see(".say textarea").sendKeys("Please cancel ORD-1002" + Keys.ENTER);
		browser.see(".approval");
		browser.photograph(file("page-conversation", scheme));

		browser.open(address(""), 390, 800);
		seeRow("/desk/support/ada-" + scheme, "restarts", "2");
		browser.photograph(file("page-phone", scheme));
	}

	private static Path file(String name, String scheme) {
		return Path.of(System.getProperty("screenshots"), "%s-%s.png".formatted(name, scheme));
	}

}
