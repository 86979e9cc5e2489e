package io.switchboard.runtime;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Some of the children of a supervisor.
 *
 * @param of how many children there are
 * @param children those, in start order
 * @param next the place of the last of them, or {@code null} if none comes after it
 */
record ChildPage(int of, List<Child> children, @Nullable Long next) {

	static final ChildPage EMPTY = new ChildPage(0, List.of(), null);

}
