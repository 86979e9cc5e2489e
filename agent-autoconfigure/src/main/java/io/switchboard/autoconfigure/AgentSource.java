package io.switchboard.autoconfigure;

import java.util.List;

/**
 * Finds agents of one kind, such as annotated classes, and specifies them.
 * <p>
 * It is asked once, while the {@code AgentSystem} bean is being made. What the agents
 * need of the application is to be looked up later, in {@link #prepare()} or when an
 * agent starts: it may itself want to use the system.
 *
 * @since 0.1.0
 */
public interface AgentSource {

	/**
	 * Specify what the agents need to be there before they start, such as supervisors of
	 * their tasks.
	 * @return the children, in the order to start them
	 */
	default List<ChildDefinition> prerequisites() {
		return List.of();
	}

	/**
	 * Specify the agents. Names that are taken from {@code switchboard.agents} are
	 * thereby claimed: an agent there that no source claims is a mistake.
	 * @return the agents, in the order to start them
	 */
	List<ChildDefinition> definitions();

	/**
	 * Look up what the agents need, right before the tree is started, so that what is
	 * missing shows at start-up and not when the first agent starts.
	 */
	default void prepare() {
	}

}
