package io.switchboard.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionSystemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link DatabaseTrouble}.
 */
class DatabaseTroubleTests {

	@ParameterizedTest
	@MethodSource
	void isFoundInWhatTheDatabaseSays(Throwable failure, DatabaseTrouble trouble) {
		assertThat(DatabaseTrouble.of(failure)).isEqualTo(trouble);
	}

	static Stream<Arguments> isFoundInWhatTheDatabaseSays() {
		return Stream.of(arguments(state("53100"), DatabaseTrouble.DISK_FULL),
				arguments(state("53300"), DatabaseTrouble.NO_CONNECTIONS),
				arguments(state("25006"), DatabaseTrouble.READ_ONLY),
				arguments(state("57P01"), DatabaseTrouble.STOPPED), arguments(state("57P03"), DatabaseTrouble.STOPPED),
				arguments(state("57014"), DatabaseTrouble.TOO_SLOW),
				arguments(state("55P03"), DatabaseTrouble.TOO_SLOW),
				arguments(state("08001"), DatabaseTrouble.UNREACHABLE),
				arguments(state("90098"), DatabaseTrouble.FILE_CLOSED),
				arguments(state("22001"), DatabaseTrouble.UNKNOWN), arguments(state(null), DatabaseTrouble.UNKNOWN),
				arguments(new IllegalStateException("No space left"), DatabaseTrouble.UNKNOWN),
				arguments(new IOException("No space left on device"), DatabaseTrouble.DISK_FULL));
	}

	@Test
	void aFullDiskIsFoundBelowWhatFollowsFromIt() {
		SQLException closed = new SQLException("closed", "90098", new IOException("No space left on device"));

		assertThat(DatabaseTrouble.of(new DataAccessResourceFailureException("failed", closed)))
			.isEqualTo(DatabaseTrouble.DISK_FULL);
	}

	@Test
	void whatAPoolHasMetIsFoundBesideItsTimeout() {
		SQLException timeout = new SQLException("timed out");
		timeout.setNextException(state("53300"));

		assertThat(DatabaseTrouble.of(timeout)).isEqualTo(DatabaseTrouble.NO_CONNECTIONS);
	}

	@Test
	void whatWentWrongIsFoundBesideItsRollback() {
		TransactionSystemException failed = new TransactionSystemException("rollback failed", state("08006"));
		failed.initApplicationException(state("57P01"));

		assertThat(DatabaseTrouble.of(failed)).isEqualTo(DatabaseTrouble.STOPPED);
	}

	private static SQLException state(String state) {
		return new SQLException("a text", state);
	}

}
