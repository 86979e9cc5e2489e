package io.switchboard.autoconfigure.kills;

/**
 * A tool that did its work.
 *
 * @param life which process of the application did it
 * @param tool the tool
 * @param call which call of a {@link Plan} it was
 * @param turn the turn, as the tool was told
 * @param id the call, as the tool was told
 */
record Executed(int life, Tool tool, String call, String turn, String id) {

	static Executed parse(String line) {
		String[] parts = line.split(" ");
		return new Executed(Integer.parseInt(parts[0]), Tool.of(parts[1]), parts[2], parts[3], parts[4]);
	}

	String line() {
		return "%d %s %s %s %s%n".formatted(this.life, this.tool.word(), this.call, this.turn, this.id);
	}

}
