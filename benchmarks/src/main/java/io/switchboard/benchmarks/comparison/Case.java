package io.switchboard.benchmarks.comparison;

import java.util.ArrayList;
import java.util.List;

import io.switchboard.benchmarks.works.Work;

/**
 * A work with its parameters, done by several entries.
 *
 * @param name names it
 * @param work the work
 * @param parameters parameters that all entries get, separated by blanks
 * @param jvmOptions options of the JVM that all entries get, separated by blanks
 * @param entries who does it
 */
record Case(String name, Work work, String parameters, String jvmOptions, List<Entry> entries) {

	Case(String name, Work work, String parameters, String jvmOptions, Entry... entries) {
		this(name, work, parameters, jvmOptions, List.of(entries));
	}

	/**
	 * Let the BEAM do it, too.
	 * @return a changed copy
	 */
	Case withBeam() {
		List<Entry> all = new ArrayList<>(this.entries);
		// on the BEAM there are two kinds of messages to keep: on the process's heap, or
		// outside
		all.add(Entry.beam((this.work == Work.GC) ? "kind=heap" : ""));
		return new Case(this.name, this.work, this.parameters, this.jvmOptions, all);
	}

	boolean hasBeam() {
		return this.entries.stream().anyMatch(Entry::isBeam);
	}

	/**
	 * What is printed to say how to repeat it.
	 * @param entry one of the entries
	 * @return the command
	 */
	String command(Entry entry) {
		return "%s %s %s %s".formatted(entry.contender(), this.work.label(), this.parameters, entry.parameters())
			.strip();
	}

}
