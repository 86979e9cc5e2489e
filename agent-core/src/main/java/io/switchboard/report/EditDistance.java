package io.switchboard.report;

/**
 * Tells how much two names differ, for those who guess what a misspelt one was meant to
 * be.
 * <p>
 * It takes time in proportion to the lengths of both: it is for names, not for texts.
 *
 * @since 0.1.0
 */
public final class EditDistance {

	private EditDistance() {
	}

	/**
	 * How many characters to change, add or drop to make one name of the other. Letter
	 * case counts.
	 * @param from one name
	 * @param to the other
	 * @return the number, zero for equal names
	 */
	public static int between(String from, String to) {
		int[] costs = new int[to.length() + 1];
		for (int j = 0; j <= to.length(); j++) {
			costs[j] = j;
		}
		for (int i = 1; i <= from.length(); i++) {
			int diagonal = costs[0];
			costs[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int replaced = diagonal + ((from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1);
				diagonal = costs[j];
				costs[j] = Math.min(replaced, 1 + Math.min(costs[j], costs[j - 1]));
			}
		}
		return costs[to.length()];
	}

}
