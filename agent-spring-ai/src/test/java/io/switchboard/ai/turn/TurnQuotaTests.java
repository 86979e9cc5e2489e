package io.switchboard.ai.turn;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TurnQuota}.
 */
class TurnQuotaTests {

	private final TurnQuota quota = TurnQuota.of("supervisor 'desk'", 2);

	@Test
	void soManyTurnsBeginAndNoMore() {
		assertThat(this.quota.tryBegin()).isEqualTo(1);
		assertThat(this.quota.tryBegin()).isEqualTo(2);
		assertThat(this.quota.tryBegin()).isZero();
		assertThat(this.quota.running()).isEqualTo(2);
	}

	@Test
	void theEndOfOneIsThePlaceOfAnother() {
		this.quota.tryBegin();
		this.quota.tryBegin();

		this.quota.end();

		assertThat(this.quota.tryBegin()).isEqualTo(2);
	}

	@Test
	void aTurnThatGoesOnFindsItsPlaceAlways() {
		this.quota.tryBegin();
		this.quota.tryBegin();

		this.quota.begin();

		assertThat(this.quota.running()).isEqualTo(3);
		this.quota.end();
		assertThat(this.quota.tryBegin()).isZero();
	}

	@Test
	void threadsDoNotGetMoreThanThereIs() {
		TurnQuota large = TurnQuota.of("all", 500);

		long begun = IntStream.range(0, 2000).parallel().filter((turn) -> large.tryBegin() > 0).count();

		assertThat(begun).isEqualTo(500);
		assertThat(large.running()).isEqualTo(500);
	}

	@Test
	void noTurnsAreNoQuota() {
		assertThatIllegalArgumentException().isThrownBy(() -> TurnQuota.of("agent 'support'", 0))
			.withMessage("Quota of agent 'support' is 0 turns at once: at least 1 is needed");
	}

}
