package com.example.helpdesk.page;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the page needs no mouse, and tells a screen reader what it shows.
 */
class KeyboardOnPageTests extends WatchedDesk {

	@Test
	void treeIsWalkedByKeys() {
		open("");
		browser.see(row("/desk/triage"));
		browser.script("tree.focus()");

		browser.press(Keys.HOME, Keys.ARROW_DOWN, Keys.ARROW_DOWN);
		assertThat(active()).isEqualTo("/desk");
		browser.press(Keys.ARROW_LEFT);
		browser.seeNone(row("/desk/triage"));
		assertThat(attribute("/desk", "aria-expanded")).isEqualTo("false");
		browser.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
		browser.see(row("/desk/triage"));
		assertThat(active()).isEqualTo("/desk/triage");
		assertThat(attribute("/desk/triage", "aria-level")).isEqualTo("3");
		assertThat(attribute("/desk/triage", "aria-posinset")).isEqualTo("1");
		assertThat(attribute("/desk/triage", "aria-setsize")).isEqualTo("3");
		browser.press(Keys.ARROW_LEFT);
		assertThat(active()).isEqualTo("/desk");

		browser.press(Keys.ARROW_RIGHT, Keys.ENTER);
		browser.seeText("#node h2", "triage");
		assertThat(attribute("/desk/triage", "aria-selected")).isEqualTo("true");
		browser.press(Keys.ESCAPE);
		browser.see(row("/desk/triage"));
		assertThat(browser.see("#tree").getDomAttribute("aria-activedescendant")).isNotEmpty();
	}

	@Test
	void searchIsReachedAndLeftByKeys() {
		open("");
		browser.see(row("/desk/triage"));

		browser.press("/");
		browser.press("pricing");
		browser.seeText("#found", "1 found");
		browser.press(Keys.ENTER);
		browser.press(Keys.ENTER);

		browser.seeText("#node h2", "pricing");
	}

	@Test
	void agentIsStoppedAndStartedByKeys() {
		open("/desk/pricing");
		browser.see("[data-action=stop]");
		browser.script("document.querySelector('[data-action=stop]').focus()");

		browser.press(Keys.ENTER);
		browser.see("dialog");
		browser.press(Keys.TAB);
		browser.press(Keys.ENTER);

		seeRow("/desk/pricing", "status", "stopped");
		browser.see("[data-action=start]");
		browser.script("document.querySelector('[data-action=start]').focus()");
		browser.press(Keys.SPACE);
		seeRow("/desk/pricing", "status", "running");
	}

	private static Object active() {
		return browser
			.script("return document.getElementById(tree.getAttribute('aria-activedescendant'))?.dataset.path");
	}

	private static String attribute(String path, String name) {
		return browser.see(row(path)).getDomAttribute(name);
	}

}
