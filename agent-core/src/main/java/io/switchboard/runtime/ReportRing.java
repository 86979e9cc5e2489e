package io.switchboard.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.switchboard.report.CrashReport;
import io.switchboard.report.Failure;

/**
 * The latest reports, as many as are to be kept. Written by a supervisor, read from any
 * thread.
 */
final class ReportRing {

	private final Object lock = new Object();

	private final Deque<Entry> entries = new ArrayDeque<>(2);

	private final int capacity;

	/**
	 * Whether there are reports whose stack traces are not written out.
	 */
	private boolean late;

	ReportRing(int capacity) {
		this.capacity = capacity;
	}

	/**
	 * Keep a report, in place of the oldest if there are too many.
	 * @param entry the report
	 * @return whether it is the first for a while with a stack trace, so that
	 * {@link #writeOut} is to be called later
	 */
	boolean add(Entry entry) {
		synchronized (this.lock) {
			if (this.entries.size() == this.capacity) {
				this.entries.remove();
			}
			this.entries.add(entry);
			boolean first = !this.late && entry.report().reason().failure() != null;
			this.late |= first;
			return first;
		}
	}

	/**
	 * Write out the stack traces of what is kept, so that no report keeps an exception.
	 */
	void writeOut() {
		List<Entry> kept;
		synchronized (this.lock) {
			this.late = false;
			kept = new ArrayList<>(this.entries);
		}
		for (Entry entry : kept) {
			Failure failure = entry.report().reason().failure();
			if (failure != null) {
				failure.writeOut();
			}
		}
	}

	/**
	 * What is kept now.
	 * @return a copy, oldest first
	 */
	List<Entry> entries() {
		synchronized (this.lock) {
			return new ArrayList<>(this.entries);
		}
	}

	/**
	 * A report and its place among all of the system.
	 *
	 * @param number rises with each report
	 * @param report the report
	 */
	record Entry(long number, CrashReport report) {

	}

}
