package io.switchboard.benchmarks.works;

/**
 * Ends a run in which something went wrong, so that no figures come of it.
 */
public final class Abort {

	private Abort() {
	}

	@SuppressWarnings("SystemExitOutsideMain") // where it happens, nobody waits for the
												// failure
	public static void because(Throwable failure) {
		failure.printStackTrace();
		Runtime.getRuntime().halt(1);
	}

}
