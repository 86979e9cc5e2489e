package io.switchboard.benchmarks.http.durability;

import io.switchboard.benchmarks.http.load.Load;

/**
 * One who comes back to a session and checks that what it missed comes once and in order.
 * Where its connection is cut off it comes back again, with what it knows by then.
 */
final class StormReader {

	private final Load load;

	private final String path;

	private final long last;

	private final StormReading reading;

	private long known;

	/**
	 * Make a reader.
	 * @param load opens its connections
	 * @param path the session's events
	 * @param known the last event that it got
	 * @param last the last event that there will be
	 * @param reading what all readers see
	 */
	StormReader(Load load, String path, long known, long last, StormReading reading) {
		this.load = load;
		this.path = path;
		this.known = known;
		this.last = last;
		this.reading = reading;
	}

	void open() {
		this.load.connect(new EventConnection(this.path, this.known, new EventConnection.Reader() {

			@Override
			public void event(long id) {
				read(id);
			}

			@Override
			public void over(String why) {
				comeBack(why);
			}

		}), (failure) -> comeBack(String.valueOf(failure)));
	}

	private void read(long id) {
		if (id == 0) {
			this.reading.asides.incrementAndGet();
			return;
		}
		this.reading.events.incrementAndGet();
		if (id > this.last) {
			this.reading.beyond.incrementAndGet();
		}
		else if (id != this.known + 1) {
			this.reading.wrongEvents.incrementAndGet();
		}
		this.known = id;
		if (id == this.last) {
			this.reading.caughtUp();
		}
	}

	private void comeBack(String why) {
		if (this.known < this.last) {
			this.reading.cutOff(why);
			open();
		}
	}

}
