package io.switchboard.benchmarks.comparison;

import java.util.List;

import io.switchboard.benchmarks.works.Work;

/**
 * What is compared.
 */
final class Cases {

	/**
	 * The heap follows what is live, so that the resident size says something.
	 */
	private static final String SNUG = "-XX:+UseG1GC -Xmx8g -XX:MinHeapFreeRatio=5 -XX:MaxHeapFreeRatio=10";

	private static final String USUAL = "-XX:+UseG1GC -Xmx8g";

	private static final String LITTLE = "-XX:+UseG1GC -Xmx4g";

	private static final String LITTLE_PAUSES = "-XX:+UseZGC -Xmx4g";

	/**
	 * Lets the JVM lower a thread's priority below that of the others.
	 */
	private static final String PRIORITIES = "-XX:ThreadPriorityPolicy=1 -XX:JavaPriority1_To_OSPriority=19";

	private static final String LONG_TURNS = "n=10000 ttft=500 gap=100 ntok=70 tool=200 ramp=2000";

	private static final Entry[] BOTH = { Entry.ours(), Entry.pekko() };

	private Cases() {
	}

	/**
	 * All works in full size.
	 * @return the cases, in the order in which they are done
	 */
	static List<Case> full() {
		return List.of(
				new Case("spawn-1M", Work.SPAWN, "n=1000000", SNUG, Entry.ours(),
						Entry.ours("-static", "mode=static", "", "pekko"), Entry.pekko()),
				ask("ask-1", "pairs=1 m=500000"), ask("ask-1000", "pairs=1000 m=1000000"),
				new Case("tell-1", Work.TELL, "agents=1 producers=4 m=4000000", USUAL, BOTH),
				new Case("tell-1000", Work.TELL, "agents=1000 producers=4 m=4000000", USUAL, BOTH),
				crash("crash-max", "seconds=3 rate=0"), crash("crash-1000s", "seconds=3 rate=1000"),
				sessions("sessions-burst-10k", "n=10000"), sessions("sessions-burst-50k", "n=50000"),
				sessions("sessions-burst-100k", "n=100000"), sessions("sessions-long-10k", LONG_TURNS), hog(4), hog(16),
				gc("gc-10k-g1", LITTLE), gc("gc-10k-zgc", LITTLE_PAUSES));
	}

	/**
	 * Smaller works that show within minutes whether something got worse.
	 * @return the cases, in the order in which they are done
	 */
	static List<Case> quick() {
		return List.of(new Case("spawn-100k", Work.SPAWN, "n=100000", SNUG, BOTH),
				new Case("ask-1", Work.ASK, "pairs=1 m=200000", USUAL, BOTH),
				new Case("ask-1000", Work.ASK, "pairs=1000 m=400000", USUAL, BOTH),
				new Case("tell-1", Work.TELL, "agents=1 producers=4 m=1000000", USUAL, BOTH),
				new Case("tell-1000", Work.TELL, "agents=1000 producers=4 m=1000000", USUAL, BOTH),
				crash("crash-max", "seconds=1 rate=0"), crash("crash-1000s", "seconds=1 rate=1000"),
				new Case("sessions-burst-10k", Work.SESSIONS, "n=10000", USUAL, BOTH),
				new Case("hog-4", Work.HOG, "agents=1000 asks=20 seconds=1 hogs=4", USUAL, BOTH));
	}

	private static Case ask(String name, String parameters) {
		return new Case(name, Work.ASK, parameters, USUAL, Entry.ours(),
				Entry.ours("-raw", "mode=raw", "", "pekko-raw"), Entry.pekko(), Entry.pekko("-raw", "mode=raw"));
	}

	private static Case crash(String name, String parameters) {
		return new Case(name, Work.CRASH, "siblings=10000 victims=100 asks_per_ms=4 " + parameters, USUAL, BOTH);
	}

	private static Case sessions(String name, String parameters) {
		return new Case(name, Work.SESSIONS, parameters, USUAL, Entry.ours(),
				Entry.ours("-stream", "mode=stream", "", "pekko"), Entry.pekko(), Entry.pekko("-tick1", "tick=1"));
	}

	private static Case hog(int hogs) {
		return new Case("hog-" + hogs, Work.HOG, "agents=1000 asks=100 seconds=5 hogs=" + hogs, USUAL, Entry.ours(),
				Entry.ours("-demote", "", PRIORITIES, "pekko"), Entry.pekko());
	}

	private static Case gc(String name, String jvmOptions) {
		return new Case(name, Work.GC, "agents=10000 seconds=20 per_ms=20 order=random", jvmOptions, BOTH);
	}

}
