package io.switchboard.ai.tool;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WaitingTimeTests {

	private final WaitingTime time = new WaitingTime();

	@Test
	void whatIsWaitedForAtOnceCountsOnce() {
		this.time.waits(WaitingFor.PROVIDER, 10);
		this.time.waits(WaitingFor.PERSON, 20);
		assertThat(this.time.what()).isEqualTo(WaitingFor.PERSON);
		this.time.goesOn(WaitingFor.PROVIDER, 30);
		assertThat(this.time.waited(40)).isEqualTo(30);

		this.time.goesOn(WaitingFor.PERSON, 50);

		assertThat(this.time.what()).isEqualTo(WaitingFor.NOTHING);
		assertThat(this.time.waited(100)).isEqualTo(40);
	}

	@Test
	void whoGoesOnEndsItsOwnWaitOnly() {
		this.time.waits(WaitingFor.PERSON, 0);
		this.time.waits(WaitingFor.PERSON, 0);

		this.time.goesOn(WaitingFor.PERSON, 10);

		assertThat(this.time.what()).isEqualTo(WaitingFor.PERSON);
		assertThat(this.time.waited(20)).isEqualTo(20);
	}

	@Test
	void waitsAddUp() {
		this.time.waits(WaitingFor.PERSON, 0);
		this.time.goesOn(WaitingFor.PERSON, 10);
		this.time.waits(WaitingFor.PROVIDER, 100);

		this.time.goesOn(WaitingFor.PROVIDER, 105);

		assertThat(this.time.waited(200)).isEqualTo(15);
	}

	@Test
	void nobodyWaitsForNothing() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.time.waits(WaitingFor.NOTHING, 0));
	}

}
