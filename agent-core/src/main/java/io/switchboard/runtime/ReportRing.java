package io.switchboard.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.switchboard.report.CrashReport;

/**
 * The latest reports, as many as are to be kept. Written by a supervisor, read from any
 * thread.
 */
final class ReportRing {

	private final Object lock = new Object();

	private final Deque<Entry> entries = new ArrayDeque<>(2);

	private final int capacity;

	ReportRing(int capacity) {
		this.capacity = capacity;
	}

	void add(Entry entry) {
		synchronized (this.lock) {
			if (this.entries.size() == this.capacity) {
				this.entries.remove();
			}
			this.entries.add(entry);
		}
	}

	void addAll(ReportRing others) {
		others.entries().forEach(this::add);
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
