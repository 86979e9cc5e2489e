package io.switchboard.autoconfigure.page;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What has happened since the pulse before, at most so much that a browser keeps pace.
 *
 * @param number rises by one with each pulse; a reader that misses one reads anew what it
 * shows
 * @param at when it was taken
 * @param crashes lives that ended in a crash
 * @param restarts automatic restarts
 * @param totals what is counted over all agents, by name
 * @param rows nodes that have changed, as they are now
 * @param lists supervisors that have other children than before
 * @param many whether more has changed than is told
 * @param news the latest of what is worth a line
 */
record Pulse(long number, Instant at, long crashes, long restarts, Map<String, Double> totals, List<Row> rows,
		List<String> lists, boolean many, List<News> news) {

	/**
	 * Something that people want to know.
	 *
	 * @param at when
	 * @param path the node
	 * @param what what happened
	 * @param reason why, as far as it may be told
	 */
	record News(Instant at, String path, String what, @Nullable String reason) {

	}

}
