package io.switchboard.runtime;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SightingTests {

	private static final long MILLI = 1_000_000;

	private final Sighting sighting = new Sighting(MILLI);

	@Test
	void aTaskThatWaitsIsTimedByLooks() {
		this.sighting.begin(7, 40 * MILLI);

		this.sighting.again(40 * MILLI);
		this.sighting.again(40 * MILLI);

		assertThat(this.sighting.looks()).isEqualTo(2);
	}

	@Test
	void aTaskThatKeepsTheWatchdogFromLookingIsTimedByTheProcessor() {
		this.sighting.begin(7, 40 * MILLI);

		this.sighting.again(44 * MILLI);

		assertThat(this.sighting.looks()).isEqualTo(4);
	}

	@Test
	void timeDoesNotGoBack() {
		this.sighting.begin(7, 40 * MILLI);

		this.sighting.again(44 * MILLI);
		this.sighting.again(44 * MILLI);

		assertThat(this.sighting.looks()).isEqualTo(5);
	}

	@Test
	void whatTheTasksBeforeHadIsNotItsOwn() {
		this.sighting.begin(7, 40 * MILLI);

		assertThat(this.sighting.looks()).isZero();
	}

	@Test
	void theFirstTaskOfAWorkerHasHadAllItsTime() {
		this.sighting.begin(1, 3 * MILLI);
		assertThat(this.sighting.looks()).isEqualTo(3);

		this.sighting.again(5 * MILLI);

		assertThat(this.sighting.looks()).isEqualTo(5);
	}

	@Test
	void anotherTaskBeginsAnew() {
		this.sighting.begin(7, 40 * MILLI);
		this.sighting.again(44 * MILLI);
		this.sighting.report(() -> {
		});

		this.sighting.begin(8, 44 * MILLI);

		assertThat(this.sighting.isOf(7)).isFalse();
		assertThat(this.sighting.isOf(8)).isTrue();
		assertThat(this.sighting.looks()).isZero();
		assertThat(this.sighting.reported()).isNull();
	}

	@Test
	void whateverFollowsUponNoTaskBeginsAnew() {
		this.sighting.begin(7, 40 * MILLI);
		this.sighting.again(44 * MILLI);

		this.sighting.idle();

		assertThat(this.sighting.isOf(7)).isFalse();
		assertThat(this.sighting.isOf(8)).isFalse();
		assertThat(this.sighting.looks()).isZero();
	}

}
