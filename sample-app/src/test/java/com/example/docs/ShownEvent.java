package com.example.docs;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * An event of a stream as a terminal shows it.
 *
 * @param id its number
 * @param type its name
 * @param data its data
 */
record ShownEvent(long id, String type, String data) {

	/**
	 * Read events.
	 * @param shown what is shown
	 * @param last which one is the last to read
	 * @return the events until then, or until there are no more
	 * @throws IOException if they cannot be read
	 */
	static List<ShownEvent> read(BufferedReader shown, Predicate<ShownEvent> last) throws IOException {
		List<ShownEvent> events = new ArrayList<>();
		long id = 0;
		String type = "";
		String data = "";
		for (String line = shown.readLine(); line != null; line = shown.readLine()) {
			if (line.startsWith("id:")) {
				id = Long.parseLong(line.substring("id:".length()));
			}
			else if (line.startsWith("event:")) {
				type = line.substring("event:".length());
			}
			else if (line.startsWith("data:")) {
				data = line.substring("data:".length());
				ShownEvent event = new ShownEvent(id, type, data);
				events.add(event);
				if (last.test(event)) {
					return events;
				}
			}
		}
		return events;
	}

	/**
	 * The same event of any turn, whose ids are others each time.
	 * @return the event
	 */
	ShownEvent ofAnyTurn() {
		return new ShownEvent(this.id, this.type,
				this.data.replaceAll("\"turn\":\"[\\w-]{22}\"", "\"turn\":\"a turn\""));
	}

}
