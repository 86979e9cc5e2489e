package io.switchboard.jdbc;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link JdbcJournal} has done since it was made.
 *
 * @param writes how many writes were kept or refused for good
 * @param commits how many transactions held them
 * @param committing how long these took in all
 * @param failures how many transactions failed and were tried again
 * @param waiting how many writes wait now
 * @param trouble what is wrong with the database and what to do, if the last transaction
 * failed, so that what waits is tried again
 * @since 0.1.0
 */
public record JournalStatistics(long writes, long commits, Duration committing, long failures, int waiting,
		@Nullable String trouble) {

	/**
	 * Whether the last transaction failed, so that what waits is tried again.
	 * @return {@code true} if so
	 */
	public boolean isAway() {
		return this.trouble != null;
	}

}
