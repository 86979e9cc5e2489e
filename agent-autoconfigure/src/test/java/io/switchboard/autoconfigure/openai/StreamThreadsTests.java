package io.switchboard.autoconfigure.openai;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StreamThreads}.
 */
class StreamThreadsTests {

	@ParameterizedTest
	@CsvSource({ "AUTO,17,false", "AUTO,21,false", "AUTO,23,false", "AUTO,24,true", "AUTO,25,true", "VIRTUAL,21,true",
			"PLATFORM,25,false" })
	void areVirtualWhereTheyMayWaitInsideOfAMonitor(StreamThreads threads, int jdk, boolean virtual) {
		assertThat(threads.areVirtualOn(jdk)).isEqualTo(virtual);
	}

}
