package io.switchboard.report;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EditDistance}.
 */
class EditDistanceTests {

	@ParameterizedTest
	@CsvSource({ "desk, desk, 0", "desk, disk, 1", "desk, des, 1", "des, desk, 1", "dekc, desk, 2", "desk, Desk, 1",
			"kitten, sitting, 3", "'', desk, 4", "desk, '', 4", "'', '', 0", "abc, xyz, 3" })
	void whatIsChangedAddedAndDroppedCounts(String from, String to, int expected) {
		assertThat(EditDistance.between(from, to)).isEqualTo(expected);
		assertThat(EditDistance.between(to, from)).isEqualTo(expected);
	}

}
