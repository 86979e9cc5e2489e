package io.switchboard.autoconfigure.kills;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Writes down what clients do and see.
 */
final class Recorder {

	private final List<Sent> sent = new ArrayList<>();

	private final List<Answered> answers = new ArrayList<>();

	private final List<Seen> seen = new ArrayList<>();

	private final List<String> remarks = new ArrayList<>();

	private final Map<String, List<String>> transcripts = new TreeMap<>();

	private final Cuts cuts;

	private long place;

	Recorder(Cuts cuts) {
		this.cuts = cuts;
	}

	Cuts cuts() {
		return this.cuts;
	}

	/**
	 * The next place in the order of what happens.
	 * @return a number higher than those before
	 */
	synchronized long next() {
		this.place++;
		return this.place;
	}

	synchronized void add(Sent turn) {
		this.sent.add(turn);
	}

	synchronized void add(Answered answer) {
		this.answers.add(answer);
	}

	synchronized void add(Seen event) {
		this.seen.add(event);
		notifyAll();
	}

	synchronized void remark(String remark, Object... details) {
		this.remarks.add(remark.formatted(details));
	}

	synchronized void transcript(String session, List<String> texts) {
		this.transcripts.put(session, texts);
	}

	/**
	 * Wait until readers have got more events.
	 * @param more how many
	 * @param millis how long to wait for them at most
	 * @throws InterruptedException if the driver is to end
	 */
	synchronized void await(int more, long millis) throws InterruptedException {
		int until = this.seen.size() + more;
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		long left = millis;
		while (this.seen.size() < until && left > 0) {
			wait(left);
			left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
		}
	}

	synchronized History history(List<Requested> requests, List<Executed> executions) {
		return new History(List.copyOf(this.sent), List.copyOf(this.answers), List.copyOf(this.seen), requests,
				executions, Map.copyOf(this.transcripts), List.copyOf(this.remarks));
	}

}
