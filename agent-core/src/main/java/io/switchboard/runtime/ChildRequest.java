package io.switchboard.runtime;

import io.switchboard.supervision.ChildSpec;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asks a supervisor to do something with a child.
 *
 * @param kind what to do
 * @param id the child's name
 * @param spec what to start, for {@link Kind#START} only
 * @param replyTo where the executor sends the answer; the rules never look at it
 */
record ChildRequest(Kind kind, String id, @Nullable ChildSpec spec, Object replyTo) {

	enum Kind {

		START, TERMINATE, RESTART, DELETE

	}

}
