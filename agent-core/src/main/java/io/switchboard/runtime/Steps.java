package io.switchboard.runtime;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What a static supervisor has still to do to its children, one after the other, and the
 * one step whose end it waits for.
 */
final class Steps {

	private final Deque<Step> coming = new ArrayDeque<>();

	private @Nullable Step awaited;

	void start(Collection<Child> children) {
		children.forEach((child) -> this.coming.add(new Step(child, true)));
	}

	void stop(Collection<Child> children) {
		children.forEach((child) -> this.coming.add(new Step(child, false)));
	}

	/**
	 * Forget what is still to come. A step that is waited for stays.
	 */
	void clear() {
		this.coming.clear();
	}

	boolean hasNext() {
		return this.awaited == null && !this.coming.isEmpty();
	}

	Step next() {
		return this.coming.remove();
	}

	/**
	 * Wait for the end of a step, and of no other.
	 * @param step the step
	 */
	void await(Step step) {
		this.awaited = step;
	}

	@Nullable Step awaited() {
		return this.awaited;
	}

	/**
	 * The step that was waited for is done.
	 * @return the step
	 */
	Step done() {
		Step done = Objects.requireNonNull(this.awaited, "only an awaited step can be done");
		this.awaited = null;
		return done;
	}

	/**
	 * One thing to do to one child.
	 *
	 * @param child the child
	 * @param start whether to start or to stop it
	 */
	record Step(Child child, boolean start) {

	}

}
