package io.switchboard.registry;

import java.util.List;

/**
 * What a monitor of a group learns: first {@link Members}, then each change once, in the
 * order of the changes.
 *
 * @since 0.1.0
 */
public sealed interface GroupEvent {

	/**
	 * The group.
	 * @return its name
	 */
	String group();

	/**
	 * Who was in the group when the monitoring began.
	 *
	 * @param group the group
	 * @param members its members, once for each time they joined, oldest first
	 */
	record Members(String group, List<Owner> members) implements GroupEvent {

		public Members {
			members = List.copyOf(members);
		}

	}

	/**
	 * A member joined, perhaps not for the first time.
	 *
	 * @param group the group
	 * @param member the member
	 */
	record Joined(String group, Owner member) implements GroupEvent {

	}

	/**
	 * A member left or ended; once for each time it had joined.
	 *
	 * @param group the group
	 * @param member the member
	 */
	record Left(String group, Owner member) implements GroupEvent {

	}

}
