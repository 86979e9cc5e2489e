package io.switchboard.autoconfigure.page;

import java.util.Map;

/**
 * What is counted over all agents since the application was started.
 */
interface Totals {

	/**
	 * Nothing is counted.
	 */
	Totals NONE = Map::of;

	/**
	 * Read the counts.
	 * @return the counts by name, without those that are not known
	 */
	Map<String, Double> read();

}
