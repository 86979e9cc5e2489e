package io.switchboard.autoconfigure.kills;

import java.util.List;

/**
 * Each turn begins once, ends once, and shows no other text than its answer.
 */
record TurnsCheck(History history, Complaints complaints) {

	void check() {
		this.history.turns().forEach(this::check);
		this.history.sessions().forEach(this::checkOneAtATime);
	}

	private void check(String turn, List<Seen> events) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < events.size(); i++) {
			Seen event = events.get(i);
			this.complaints.addIf(event.type().equals("turn-started") != (i == 0), "Turn %s does not begin once: %s",
					turn, event);
			this.complaints.addIf(event.isEnd() != (i == events.size() - 1), "Turn %s does not end once: %s", turn,
					event);
			switch (event.type()) {
				case "token" -> text.append(event.text("text"));
				case "recovering", "tool-result" -> text.setLength(0);
				case "turn-completed" -> this.complaints.addIf(!text.toString().equals(event.text("answer")),
						"Turn %s shows '%s' as %s", turn, text, event);
				default -> {
					// Has no text
				}
			}
		}
	}

	private void checkOneAtATime(String session, List<Seen> events) {
		String running = "";
		for (Seen event : events) {
			String turn = event.text("turn");
			this.complaints.addIf(!turn.isEmpty() && !running.isEmpty() && !turn.equals(running),
					"Session %s has two turns at a time, %s and %s", session, running, event);
			running = (turn.isEmpty()) ? running : (event.isEnd() ? "" : turn);
		}
	}

}
