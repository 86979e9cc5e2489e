package com.example.helpdesk.page;

import io.switchboard.AgentPath;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what operators can do on the page.
 */
class OperationsOnPageTests extends WatchedDesk {

	@Test
	void agentIsStoppedAndStarted() {
		open("/desk/pricing");

		browser.see("[data-action=stop]").click();
		assertThat(browser.see("dialog").getText()).contains("/desk/pricing", "what waits in its mailbox is lost");
		browser.see("[data-confirm=stop]").click();
		seeRow("/desk/pricing", "status", "stopped");
		browser.seeNone("[data-action=stop]");

		browser.see("[data-action=start]").click();
		seeRow("/desk/pricing", "status", "running");
		browser.seeText("#news-lines", "start by hand: done");
	}

	@Test
	void nothingIsDestroyedWithoutConsent() {
		open("/desk/triage");
		long life = this.system.tree().find(AgentPath.of("/desk/triage")).incarnation();

		browser.see("[data-action=kill]").click();
		browser.see("dialog").findElement(By.tagName("button")).click();
		browser.seeNone("dialog");
		browser.see("[data-action=suspend]").click();
		seeRow("/desk/triage", "status", "suspended");
		browser.see("[data-action=resume]").click();

		seeRow("/desk/triage", "status", "running");
		assertThat(this.system.tree().find(AgentPath.of("/desk/triage")).incarnation()).isEqualTo(life);
	}

	@Test
	void agentIsTraced() {
		say("alan", "My name is Alan.");
		open("/desk/support/alan");
		browser.see("#tab-trace").click();
		browser.see("[data-action=trace-on]").click();
		browser.see("[data-action=trace-off]");

		say("alan", "What is my name?");

		browser.seeText("#panel-trace .trace", "TurnRequest");
		browser.see("[data-action=trace-off]").click();
		browser.seeText("#panel-trace", "Nothing is traced");
	}

}
