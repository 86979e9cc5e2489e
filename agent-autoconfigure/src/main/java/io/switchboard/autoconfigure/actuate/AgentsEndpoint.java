package io.switchboard.autoconfigure.actuate;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.report.Sanitizer;
import io.switchboard.runtime.AgentSystem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

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
 * number of all children stands beside. Of messages, states and exceptions only the class
 * is told, unless {@code management.endpoint.agents.show-values} allows what the
 * {@link Sanitizer} lets be seen of them.
 *
 * @since 0.1.0
 */
@Endpoint(id = "agents")
public class AgentsEndpoint {

	static final int DEFAULT_LIMIT = 200;

	private final AgentSystem system;

	private final Sanitizer sanitizer;

	private final Show showValues;

	/**
	 * Show the tree of a system.
	 * @param system the system
	 * @param sanitizer decides what may be told of messages, states and exceptions
	 * @param showValues who is told that much
	 */
	public AgentsEndpoint(AgentSystem system, Sanitizer sanitizer, Show showValues) {
		this.system = system;
		this.sanitizer = sanitizer;
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
	 * One node from near, with all below it and what was written on its crashes. An agent
	 * that is busy for longer than a second is shown without its state.
	 * @param path the segments of its path
	 * @param limit how many children of each supervisor to show, 200 if not given
	 * @return the node, empty if there is none
	 */
	@ReadOperation
	Mono<NodeDetails> node(@Selector(match = Match.ALL_REMAINING) String[] path, @Nullable Integer limit) {
		return node(path, limit, this.showValues == Show.ALWAYS);
	}

	NodeDescriptor tree(@Nullable Integer limit, boolean showValues) {
		return describer(limit, showValues).describe(this.system.tree().root());
	}

	Mono<NodeDetails> node(String[] path, @Nullable Integer limit, boolean showValues) {
		NodeDescriber describer = new NodeDescriber(describer(limit, showValues), new CrashReportDescriber(showValues));
		AgentPath agentPath = toPath(path);
		return (agentPath != null) ? node(agentPath, describer) : Mono.empty();
	}

	private Mono<NodeDetails> node(AgentPath path, NodeDescriber describer) {
		return Mono.defer(() -> this.system.control(path).inspect())
			.map((seen) -> describer.describe(seen, this.system.crashReports(path)))
			.onErrorResume((ex) -> Mono.justOrEmpty(this.system.node(path))
				.map((node) -> describer.describe(node, this.system.crashReports(path))));
	}

	private TreeDescriber describer(@Nullable Integer limit, boolean showValues) {
		if (limit != null && limit < 0) {
			String reason = "Limit %d is not possible: zero or more children can be shown".formatted(limit);
			throw new InvalidEndpointRequestException(reason, reason);
		}
		return new TreeDescriber((limit != null) ? limit : DEFAULT_LIMIT,
				ReasonText.showingMessages(showValues, this.sanitizer));
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
