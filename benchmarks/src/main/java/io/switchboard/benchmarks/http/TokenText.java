package io.switchboard.benchmarks.http;

import java.time.Instant;

/**
 * The text of a token: its number in the model call, so that a lost or repeated one is
 * seen, and when it was sent, so that a late one is.
 */
public final class TokenText {

	private static final char AFTER_NUMBER = ':';

	private static final char AFTER_TIME = ' ';

	private static final int RADIX = 36;

	private TokenText() {
	}

	/**
	 * The time that all processes of a machine share.
	 * @return microseconds
	 */
	public static long now() {
		Instant now = Instant.now();
		return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
	}

	public static String of(int number, long sentAt) {
		return Integer.toString(number) + AFTER_NUMBER + Long.toString(sentAt, RADIX) + AFTER_TIME;
	}

	/**
	 * Read the number of a token.
	 * @param line a line that holds the token
	 * @param from where the token begins
	 * @return its number
	 */
	public static int numberAt(String line, int from) {
		return Integer.parseInt(line, from, line.indexOf(AFTER_NUMBER, from), 10);
	}

	/**
	 * Read when a token was sent.
	 * @param line a line that holds the token
	 * @param from where the token begins
	 * @return microseconds
	 */
	public static long sentAt(String line, int from) {
		int begin = line.indexOf(AFTER_NUMBER, from) + 1;
		return Long.parseLong(line, begin, line.indexOf(AFTER_TIME, begin), RADIX);
	}

}
