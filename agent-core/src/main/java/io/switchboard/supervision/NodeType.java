package io.switchboard.supervision;

import java.util.Locale;

/**
 * What a node of the tree is.
 *
 * @since 0.1.0
 */
public enum NodeType {

	/**
	 * A leaf with user code and a mailbox.
	 */
	AGENT,

	/**
	 * A supervisor with an ordered list of children.
	 */
	SUPERVISOR,

	/**
	 * A supervisor whose children come and go, unordered.
	 */
	DYNAMIC_SUPERVISOR,

	/**
	 * A supervisor with numbered copies of one child, which share the keys.
	 */
	PARTITION_SUPERVISOR;

	/**
	 * The name as Actuator and the log show it.
	 * @return the name in kebab case, such as {@code dynamic-supervisor}
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
