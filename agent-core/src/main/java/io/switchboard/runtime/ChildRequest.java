package io.switchboard.runtime;

import java.util.Set;

import io.switchboard.supervision.ChildSpec;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asks a supervisor about its children, or to do something with one.
 *
 * @param kind what to do
 * @param id the child's name, empty if it is about the supervisor as a whole; for
 * {@link Kind#RESIZE} how many partitions there are to be
 * @param spec what to start, or what to become; for {@link Kind#START} and
 * {@link Kind#RECONFIGURE} only
 * @param callers the children of this supervisor that wait for the answer, or have
 * somebody below them who does
 * @param replyTo where the executor sends the answer; the rules never look at it
 */
record ChildRequest(Kind kind, String id, @Nullable ChildSpec spec, Set<String> callers, Object replyTo) {

	/**
	 * Whether a child cannot go on before this is answered.
	 * @param child the child
	 * @return {@code true} if it, or somebody below it, waits for the answer
	 */
	boolean isBy(Child child) {
		return this.callers.contains(child.id());
	}

	enum Kind {

		START, TERMINATE, RESTART, BOUNCE, DELETE, RESIZE, RECONFIGURE, LIST, LOOK_UP, COUNT, SPEC

	}

	/**
	 * Ask for more or fewer partitions.
	 * @param partitions how many there are to be
	 * @param callers the partitions that wait for the answer
	 * @param replyTo where the executor sends the answer
	 * @return the request
	 */
	static ChildRequest resize(int partitions, Set<String> callers, Object replyTo) {
		return new ChildRequest(Kind.RESIZE, Integer.toString(partitions), null, callers, replyTo);
	}

	/**
	 * Say which child it came down to.
	 * @param child the child
	 * @return the request for that child
	 */
	ChildRequest about(Child child) {
		return new ChildRequest(this.kind, child.id(), this.spec, this.callers, this.replyTo);
	}

	int partitions() {
		return Integer.parseInt(this.id);
	}

}
