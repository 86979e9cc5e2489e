package io.switchboard.supervision;

/**
 * Which ends of a child its supervisor answers with a restart.
 *
 * @since 0.1.0
 */
public enum Restart {

	/**
	 * Every end, also a normal one. For children that must always be there.
	 */
	PERMANENT,

	/**
	 * Abnormal ends only: a child that finishes stays stopped. For children with one job,
	 * such as a conversation.
	 */
	TRANSIENT,

	/**
	 * None. The child and its specification are forgotten when it ends, also when a
	 * sibling's group restart ended it.
	 */
	TEMPORARY

}
