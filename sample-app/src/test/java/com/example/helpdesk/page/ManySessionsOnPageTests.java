package com.example.helpdesk.page;

import java.time.Duration;

import io.switchboard.AgentPath;
import io.switchboard.runtime.SupervisorRef;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the page shows many sessions with few elements.
 */
class ManySessionsOnPageTests extends WatchedDesk {

	private static final int SESSIONS = 10_000;

	/** Lines that fit the window, and some around it. */
	private static final int FEW = 60;

	@Test
	void tenThousandSessionsAreListedAndScrolled() {
		this.system.supervisor(AgentPath.ROOT)
			.startChild(DynamicSupervisorSpec.builder("crowd").build())
			.then(Flux.range(0, SESSIONS).concatMap(this::start).then())
			.block(Duration.ofSeconds(60));

		open("");
		browser.see(row("/crowd"), (row) -> row.getText().contains("10000"));
		browser.see(row("/crowd") + " .twisty").click();
		browser.see(row("/crowd/s0"));
		assertThat(lines()).isBetween(10, FEW);
		browser.script("tree.scrollTop = tree.scrollHeight / 2");
		browser.see("#tree [data-path^='/crowd/s50']");
		assertThat(lines()).isBetween(10, FEW);
		browser.script("tree.scrollTop = tree.scrollHeight");
		browser.see(row("/crowd/s9999"));
		assertThat(lines()).isBetween(10, FEW);

		browser.see("#search").sendKeys("/s777");
		browser.seeText("#found", "11 found");
		assertThat(browser.console()).isEmpty();
	}

	private Flux<?> start(int session) {
		SupervisorRef crowd = this.system.supervisor(AgentPath.of("/crowd"));
		return crowd
			.startChild(AgentSpec.builder("s" + session, String.class, () -> (message, context) -> null).build())
			.flux();
	}

	private static int lines() {
		return browser.all("#tree [role=treeitem]").size();
	}

}
