package io.switchboard.autoconfigure.actuate;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.tree.TreeNode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;

/**
 * Shows the supervision tree: what runs where, how often it was restarted, and why.
 * <p>
 * Supervisors with many children are cut at a limit that the caller may choose; the
 * number of all children stands beside. Of an exception only the class is told, unless
 * {@code management.endpoint.agents.show-values} allows its message.
 *
 * @since 0.1.0
 */
@Endpoint(id = "agents")
public class AgentsEndpoint {

	static final int DEFAULT_LIMIT = 200;

	private final AgentSystem system;

	private final Show showValues;

	/**
	 * Show the tree of a system.
	 * @param system the system
	 * @param showValues who is told messages of exceptions
	 */
	public AgentsEndpoint(AgentSystem system, Show showValues) {
		this.system = system;
		this.showValues = showValues;
	}

	/**
	 * The whole tree.
	 * @param limit how many children of each supervisor to show, 200 if not given
	 * @return the root with all below it
	 */
	@ReadOperation
	NodeDescriptor tree(@Nullable Integer limit) {
		return tree(limit, this.showValues == Show.ALWAYS);
	}

	/**
	 * One node with all below it.
	 * @param path the segments of its path
	 * @param limit how many children of each supervisor to show, 200 if not given
	 * @return the node, or {@code null} if there is none
	 */
	@ReadOperation
	@Nullable NodeDescriptor node(@Selector(match = Match.ALL_REMAINING) String[] path, @Nullable Integer limit) {
		return node(path, limit, this.showValues == Show.ALWAYS);
	}

	NodeDescriptor tree(@Nullable Integer limit, boolean showValues) {
		return describer(limit, showValues).describe(this.system.tree().root());
	}

	@Nullable NodeDescriptor node(String[] path, @Nullable Integer limit, boolean showValues) {
		TreeDescriber describer = describer(limit, showValues);
		AgentPath agentPath = toPath(path);
		TreeNode node = (agentPath != null) ? this.system.node(agentPath) : null;
		return (node != null) ? describer.describe(node) : null;
	}

	private static TreeDescriber describer(@Nullable Integer limit, boolean showValues) {
		if (limit != null && limit < 0) {
			String reason = "Limit %d is not possible: zero or more children can be shown".formatted(limit);
			throw new InvalidEndpointRequestException(reason, reason);
		}
		return new TreeDescriber((limit != null) ? limit : DEFAULT_LIMIT, ReasonText.showingMessages(showValues));
	}

	/**
	 * What cannot be a path leads to no node, as any other unknown path does.
	 */
	private static @Nullable AgentPath toPath(String[] segments) {
		try {
			AgentPath path = AgentPath.ROOT;
			for (String segment : segments) {
				path = path.child(segment);
			}
			return path;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
