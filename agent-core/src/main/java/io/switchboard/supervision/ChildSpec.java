package io.switchboard.supervision;

/**
 * What a supervisor has to know about a child. The kinds of children are closed:
 * {@link AgentSpec}, {@link SupervisorSpec}, {@link DynamicSupervisorSpec} and
 * {@link PartitionSupervisorSpec}.
 * <p>
 * Specifications are values. They hold the means to make a child, never the child.
 *
 * @since 0.1.0
 */
public sealed interface ChildSpec permits AgentSpec, SupervisorSpec, DynamicSupervisorSpec, PartitionSupervisorSpec {

	/**
	 * The child's name, unique below its supervisor: the last segment of its path.
	 * @return the name
	 */
	String id();

	/**
	 * What the child is.
	 * @return the type
	 */
	NodeType type();

	/**
	 * Which of its ends are answered with a restart.
	 * @return the restart type
	 */
	Restart restart();

	/**
	 * How long it may take to stop.
	 * @return the shutdown setting
	 */
	Shutdown shutdown();

	/**
	 * Whether its end can end its supervisor, see {@link AutoShutdown}.
	 * @return {@code true} if it can
	 */
	boolean significant();

}
