package io.switchboard.autoconfigure.kills;

/**
 * A request that the provider got.
 *
 * @param life which process of the application asked
 * @param label the turn
 * @param step how many answers the model had given in the turn before
 * @param messages tells whether two requests are the same
 * @param answered whether the whole answer was handed to the network
 */
record Requested(int life, String label, int step, String messages, boolean answered) {

	static Requested parse(String line) {
		String[] parts = line.split(" ");
		return new Requested(Integer.parseInt(parts[0]), parts[1], Integer.parseInt(parts[2]), parts[3],
				Boolean.parseBoolean(parts[4]));
	}

	String line() {
		return "%d %s %d %s %s%n".formatted(this.life, this.label, this.step, this.messages, this.answered);
	}

}
