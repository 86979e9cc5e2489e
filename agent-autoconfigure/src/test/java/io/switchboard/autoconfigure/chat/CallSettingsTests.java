package io.switchboard.autoconfigure.chat;

import java.time.Duration;

import io.switchboard.ai.model.CallLimits;
import io.switchboard.autoconfigure.SwitchboardProperties.Calls;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallSettings}.
 */
class CallSettingsTests {

	private static final Calls NOTHING = new Calls(null, null, null);

	@Test
	void whatIsNotSetHasItsDefault() {
		assertThat(CallSettings.read(NOTHING, NOTHING)).isEqualTo(CallLimits.defaults());
	}

	@Test
	void whatAnAgentSetsReplacesWhatIsSetForAll() {
		Calls all = new Calls(Duration.ofSeconds(20), Duration.ofSeconds(10), null);
		Calls agent = new Calls(Duration.ofMinutes(2), null, null);

		assertThat(CallSettings.read(agent, all))
			.isEqualTo(CallLimits.defaults().withFirstToken(Duration.ofMinutes(2)).withStall(Duration.ofSeconds(10)));
	}

	@Test
	void zeroIsNoLimit() {
		Calls agent = new Calls(Duration.ZERO, Duration.ZERO, Duration.ZERO);

		assertThat(CallSettings.read(agent, NOTHING)).isEqualTo(CallLimits.none());
	}

}
