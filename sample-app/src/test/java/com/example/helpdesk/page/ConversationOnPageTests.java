package com.example.helpdesk.page;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that one can follow sessions on the page, and talk to them.
 */
class ConversationOnPageTests extends WatchedDesk {

	@Test
	void agentAnswersStepByStep() {
		open("/desk/support/chat");
		browser.see("#tab-conversation").click();

		browser.see(".say textarea").sendKeys("How much is a kettle?" + Keys.ENTER);

		browser.seeText(".turn .answer", "One kettle costs 39.90 euros.");
		browser.seeText(".turn .tool-call", "calls productPrice");
		browser.seeText(".turn .end", "2 steps");
		assertThat(browser.see(".turn .input").getText()).isEqualTo("How much is a kettle?");
		browser.see(".say textarea").sendKeys("How much is a lamp?" + Keys.ENTER);
		browser.see(".turn:nth-child(2) .end", (end) -> end.getText().contains("step"));
		assertThat(browser.all(".turn")).hasSize(2);
	}

	@Test
	void whatWasSaidBeforeIsThereAndWhatIsSaidElsewhereAppears() {
		say("before", "How much is a kettle?");
		open("/desk/support/before");
		browser.see("#tab-conversation").click();
		browser.seeText(".turn:nth-child(1) .answer", "39.90");
		browser.seeText(".turn:nth-child(1) .input", "How much is a kettle?");

		say("before", "Where is ORD-1001?");

		browser.seeText(".turn:nth-child(2) .answer", "ORD-1001 is on its way");
	}

	@Test
	void agentWithoutSessionsAnswers() {
		open("/desk/triage");
		browser.see("#tab-conversation").click();

		browser.see(".say textarea").sendKeys("I want my money back" + Keys.ENTER);

		browser.seeText(".turn .answer", "billing: it is about money.");
	}

	@Test
	void newSessionBeginsAndGoesOn() {
		open("/desk/support");
		browser.see("#tab-conversation").click();
		browser.see(".say textarea").sendKeys("My name is Ada." + Keys.ENTER);
		browser.seeText(".turn .answer", "Ada");
		browser.see(".say button:enabled");

		browser.see(".say textarea").sendKeys("What is my name?" + Keys.ENTER);

		browser.seeText(".turn:nth-child(2) .answer", "Your name is Ada.");
	}

	@Test
	void personApprovesACall() {
		open("/desk/support/approval");
		browser.see("#tab-conversation").click();
		browser.see(".say textarea").sendKeys("Please cancel ORD-1002" + Keys.ENTER);
		browser.seeText(".approval", "wants to call orderCancel");

		browser.see("[data-decision=approve]").click();

		browser.seeText(".turn .answer", "ORD-1002 is cancelled");
		browser.seeNone("[data-decision]");
	}

	@Test
	void sessionThatBeganAnewIsStillHeard() {
		say("anew", "How much is a kettle?");
		open("/desk/support/anew");
		browser.see("#tab-conversation").click();
		browser.seeText(".turn .answer", "39.90");

		forget("anew");
		say("anew", "My name is Ada.");

		browser.seeText(".turn .answer", "Ada");
	}

}
