package com.example.helpdesk.page;

import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what a model answers, and what users name their sessions, is text on the
 * page and nothing else.
 */
@TestPropertySource(properties = { "spring.ai.model.chat=openai", "spring.ai.openai.api-key=none" })
class HostileAnswersOnPageTests extends WatchedDesk {

	private static final String HOSTILE = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>"
			+ "<a href=\"javascript:window.hacked = 3\">here</a>";

	private static final FakeProvider provider = FakeProvider.start().otherwise(Reply.answer(HOSTILE));

	@DynamicPropertySource
	static void useProvider(DynamicPropertyRegistry registry) {
		registry.add("spring.ai.openai.base-url", provider::baseUrl);
	}

	@AfterAll
	static void stopProvider() {
		provider.close();
	}

	@Test
	void scriptInAnAnswerDoesNothing() {
		open("/desk/support/eve");
		browser.see("#tab-conversation").click();

		browser.see(".say textarea").sendKeys("<b>Hello</b>" + Keys.ENTER);

		browser.seeText(".turn .answer", HOSTILE);
		assertThat(browser.see(".turn .input").getText()).isEqualTo("<b>Hello</b>");
		assertThat(browser.all("#node script, #node img, #node .answer a, #node b")).isEmpty();
		open("/desk/support/eve");
		browser.see("#tab-conversation").click();
		browser.seeText(".turn .answer", HOSTILE);
		assertThat(browser.script("return window.hacked")).isNull();
	}

	@Test
	void markupInTheNameOfASessionIsText() {
		String name = "<b>eve&amp;";
		say(name, "Hello");

		open("");

		browser.seeText("#tree", name);
		assertThat(browser.all("#tree b")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "100%", "100%25" })
	void percentInTheNameOfASessionIsText(String name) {
		say(name, "Hello");
		open("");
		browser.see(row("/desk/support/" + name)).click();
		browser.seeText("#node h2", name);

		assertThat(browser.see("#node h2 a:last-child").getDomAttribute("href"))
			.isEqualTo("#/desk/support/" + name.replace("%", "%25"));
		assertThat(browser.console()).isEmpty();
	}

	@Test
	void addressThatNobodyCanReadIsShownAsItIs() {
		open("");
		browser.see("#tree [role=treeitem]");

		browser.script("location.hash = '#/desk/%'");

		browser.seeText("#node h2", "%");
	}

	@Test
	void browserRefusesWhatThePageDidNotBring() {
		open("");
		browser.see("#tree [role=treeitem]");

		browser
			.script("""
					const script = document.createElement('script');
					try { script.textContent = 'window.hacked = 4'; document.body.append(script); } catch { }
					try { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.hacked = 5">'); } catch { }
					const image = document.createElement('img');
					image.setAttribute('src', 'https://example.com/x.png');
					document.body.append(image);
					""");

		assertThat(browser.script("return window.hacked")).isNull();
		browser.seeInConsole("https://example.com/x.png", "violates the following Content Security Policy directive");
	}

}
