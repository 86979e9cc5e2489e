package io.switchboard.supervision;

import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.supervision.InvalidSpecificationException.Problem;

/**
 * The checks that all kinds of specifications share.
 */
final class SpecChecks {

	private SpecChecks() {
	}

	static void checkChild(String id, Restart restart, boolean significant, List<Problem> problems) {
		try {
			AgentPath.checkSegment(id);
		}
		catch (IllegalArgumentException ex) {
			problems.add(new Problem("id", String.valueOf(ex.getMessage())));
		}
		if (significant && restart == Restart.PERMANENT) {
			problems.add(new Problem("significant, restart",
					"a permanent child never ends by itself, so it cannot be significant; "
							+ "make it TRANSIENT or TEMPORARY, or not significant"));
		}
	}

	static void throwIfAny(String subject, List<Problem> problems) {
		if (!problems.isEmpty()) {
			throw new InvalidSpecificationException(subject, problems);
		}
	}

}
