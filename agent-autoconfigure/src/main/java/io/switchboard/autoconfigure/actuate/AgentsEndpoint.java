package io.switchboard.autoconfigure.actuate;

import java.util.Objects;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.autoconfigure.operations.AgentAction;
import io.switchboard.autoconfigure.operations.AgentOperations;
import io.switchboard.report.Sanitizer;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.ChildOperationException;
import io.switchboard.tree.TreeCut;
import io.switchboard.tree.TreeNode;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Shows the supervision tree: what runs where, how often it was restarted, and why; and
 * lets operators act on it where {@code management.endpoint.agents.access} allows more
 * than reading.
 * <p>
 * Supervisors with many children are cut at a limit that the caller may choose, and the
 * whole answer at {@value #MAX_NODES} nodes; the number of all children stands beside,
 * and where the next ones begin. Of messages, states and exceptions only the class is
 * told, unless {@code management.endpoint.agents.show-values} allows what the
 * {@link Sanitizer} lets be seen of them.
 *
 * @since 0.1.0
 */
@Endpoint(id = "agents", defaultAccess = Access.READ_ONLY)
public class AgentsEndpoint {

	static final int DEFAULT_LIMIT = 200;

	static final int MAX_NODES = 1000;

	private final AgentSystem system;

	private final AgentOperations operations;

	private final Sanitizer sanitizer;

	private final Show showValues;

	/**
	 * Show the tree of a system.
	 * @param system the system
	 * @param operations does what operators ask for
	 * @param sanitizer decides what may be told of messages, states and exceptions
	 * @param showValues who is told that much
	 */
	public AgentsEndpoint(AgentSystem system, AgentOperations operations, Sanitizer sanitizer, Show showValues) {
		this.system = system;
		this.operations = operations;
		this.sanitizer = sanitizer;
		this.showValues = showValues;
	}

	/**
	 * The whole tree.
	 * @param limit how many children of each supervisor to show, 200 if not given
	 * @param after where to begin with the children of the root, as {@code next} has said
	 * @return the root with all below it
	 */
	@ReadOperation
	NodeDescriptor tree(@Nullable Integer limit, @Nullable Long after) {
		return describe(tree(cut(limit, after)), this.showValues == Show.ALWAYS);
	}

	/**
	 * One node from near, with all below it and what was written on its crashes. An agent
	 * that is busy for longer than a second is shown without its state.
	 * @param path the segments of its path
	 * @param limit how many children of each supervisor to show, 200 if not given
	 * @param after where to begin with its children, as {@code next} has said
	 * @return the node, empty if there is none
	 */
	@ReadOperation
	Mono<NodeDetails> node(@Selector(match = Match.ALL_REMAINING) String[] path, @Nullable Integer limit,
			@Nullable Long after) {
		return node(path, cut(limit, after), this.showValues == Show.ALWAYS);
	}

	/**
	 * Do something to a node.
	 * @param path the segments of its path
	 * @param action what to do
	 * @return completes when it is done
	 */
	@WriteOperation
	Mono<Void> operate(@Selector(match = Match.ALL_REMAINING) String[] path, String action) {
		AgentPath node = toPath(path);
		AgentAction known = AgentAction.find(action);
		if (node == null || known == null) {
			throw new InvalidEndpointRequestException("There is no such node or action", "no such node or action");
		}
		return operate(node, known, null);
	}

	TreeNode tree(TreeCut cut) {
		return Objects.requireNonNull(this.system.node(AgentPath.ROOT, cut), "there is always a root");
	}

	@Nullable TreeNode node(String[] path, TreeCut cut) {
		AgentPath node = toPath(path);
		return (node != null) ? this.system.node(node, cut) : null;
	}

	Mono<NodeDetails> node(String[] path, TreeCut cut, boolean showValues) {
		AgentPath node = toPath(path);
		if (node == null) {
			return Mono.empty();
		}
		NodeDescriber describer = new NodeDescriber(describer(showValues), new CrashReportDescriber(showValues));
		return Mono.defer(() -> this.system.control(node).inspect(cut))
			.map((seen) -> describer.describe(seen, this.system.crashReports(node)))
			.onErrorResume(ChildOperationException.class, (gone) -> Mono.empty());
	}

	Mono<Void> operate(AgentPath path, AgentAction action, @Nullable String operator) {
		return this.operations.perform(path, action, operator);
	}

	NodeDescriptor describe(TreeNode node, boolean showValues) {
		return describer(showValues).describe(node);
	}

	private TreeDescriber describer(boolean showValues) {
		return new TreeDescriber(ReasonText.showingMessages(showValues, this.sanitizer));
	}

	static TreeCut cut(@Nullable Integer limit, @Nullable Long after) {
		if (limit != null && limit < 0) {
			String reason = "Limit %d is not possible: zero or more children can be shown".formatted(limit);
			throw new InvalidEndpointRequestException(reason, reason);
		}
		return new TreeCut((limit != null) ? limit : DEFAULT_LIMIT, MAX_NODES,
				(after != null) ? after : TreeCut.FROM_START);
	}

	/**
	 * What cannot be a path leads to no node, as any other unknown path does.
	 */
	static @Nullable AgentPath toPath(String[] segments) {
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
