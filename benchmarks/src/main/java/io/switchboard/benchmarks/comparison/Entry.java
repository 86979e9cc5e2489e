package io.switchboard.benchmarks.comparison;

import org.jspecify.annotations.Nullable;

/**
 * Who does the work of a case, and how.
 *
 * @param label names it among the entries of a case
 * @param contender the contender
 * @param parameters more parameters, separated by blanks
 * @param jvmOptions more options of the JVM, separated by blanks
 * @param peer the label of the entry that it is compared with, or {@code null} for one
 * that others are compared with
 */
record Entry(String label, String contender, String parameters, String jvmOptions, @Nullable String peer) {

	static final String BEAM = "beam";

	static Entry ours() {
		return ours("", "", "", "pekko");
	}

	/**
	 * This runtime in another way than the usual one.
	 * @param suffix what to call the way
	 * @param parameters more parameters
	 * @param jvmOptions more options of the JVM
	 * @param peer the label of the entry that it is compared with
	 * @return the entry
	 */
	static Entry ours(String suffix, String parameters, String jvmOptions, String peer) {
		return new Entry("switchboard" + suffix, "switchboard", parameters, jvmOptions, peer);
	}

	/**
	 * The BEAM, which no case has unless it is asked for.
	 * @param parameters more parameters
	 * @return the entry
	 */
	static Entry beam(String parameters) {
		return new Entry(BEAM, BEAM, parameters, "", null);
	}

	boolean isBeam() {
		return this.contender.equals(BEAM);
	}

	static Entry pekko() {
		return pekko("", "");
	}

	static Entry pekko(String suffix, String parameters) {
		return new Entry("pekko" + suffix, "pekko", parameters, "", null);
	}

}
