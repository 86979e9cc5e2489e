package io.switchboard.supervision;

import java.time.Duration;
import java.util.stream.Stream;

import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.mailbox.OverflowPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

class AgentSettingsTests {

	private static final AgentSettings USUAL = usual(String.class).shared();

	@Test
	void equalSettingsAreOneObject() {
		AgentSettings first = usual(Long.class).shared();

		AgentSettings second = usual(Long.class).shared();

		assertThat(second).isSameAs(first);
	}

	@ParameterizedTest
	@MethodSource
	void settingsThatDifferAreNotShared(AgentSettings different) {
		USUAL.shared();

		assertThat(different.shared()).isSameAs(different);
		assertThat(different.shared()).as("the next of its kind").isSameAs(different);
	}

	static Stream<Arguments> settingsThatDifferAreNotShared() {
		Class<?>[] types = USUAL.messageTypes();
		return Stream.of(
				argumentSet("restart",
						new AgentSettings(Restart.TEMPORARY, USUAL.shutdown(), false, types, USUAL.mailbox(),
								USUAL.limits(), false, false, false, "1", null)),
				argumentSet("shutdown",
						new AgentSettings(USUAL.restart(), Shutdown.brutalKill(), false, types, USUAL.mailbox(),
								USUAL.limits(), false, false, false, "1", null)),
				argumentSet("significant",
						new AgentSettings(USUAL.restart(), USUAL.shutdown(), true, types, USUAL.mailbox(),
								USUAL.limits(), false, false, false, "1", null)),
				argumentSet("messageTypes",
						new AgentSettings(USUAL.restart(), USUAL.shutdown(), false,
								new Class<?>[] { String.class, Long.class }, USUAL.mailbox(), USUAL.limits(), false,
								false, false, "1", null)),
				argumentSet("mailbox", new AgentSettings(USUAL.restart(), USUAL.shutdown(), false, types,
						new MailboxSpec(7, OverflowPolicy.REJECT), USUAL.limits(), false, false, false, "1", null)),
				argumentSet("limits",
						new AgentSettings(USUAL.restart(), USUAL.shutdown(), false, types, USUAL.mailbox(),
								new TimeLimits(Duration.ofDays(1), null, null), false, false, false, "1", null)),
				argumentSet("blocking",
						new AgentSettings(USUAL.restart(), USUAL.shutdown(), false, types, USUAL.mailbox(),
								USUAL.limits(), true, false, false, "1", null)),
				argumentSet("redelivers",
						new AgentSettings(USUAL.restart(), USUAL.shutdown(), false, types, USUAL.mailbox(),
								USUAL.limits(), false, true, false, "1", null)),
				argumentSet("stopsAtOnce",
						new AgentSettings(USUAL.restart(), USUAL.shutdown(), false, types, USUAL.mailbox(),
								USUAL.limits(), false, false, true, "1", null)),
				argumentSet("version",
						new AgentSettings(USUAL.restart(), USUAL.shutdown(), false, types, USUAL.mailbox(),
								USUAL.limits(), false, false, false, "2", null)),
				argumentSet("onLinkedExit", new AgentSettings(USUAL.restart(), USUAL.shutdown(), false, types,
						USUAL.mailbox(), USUAL.limits(), false, false, false, "1", (end) -> end)));
	}

	private static AgentSettings usual(Class<?> type) {
		return new AgentSettings(Restart.PERMANENT, Shutdown.after(Duration.ofSeconds(5)), false,
				AgentSettings.only(type), MailboxSpec.defaults(), TimeLimits.DEFAULT, false, false, false, "1", null);
	}

}
