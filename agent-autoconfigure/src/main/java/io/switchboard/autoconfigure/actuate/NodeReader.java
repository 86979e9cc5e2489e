package io.switchboard.autoconfigure.actuate;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.operations.AgentOperations;
import io.switchboard.report.Sanitizer;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.tree.TreeCut;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.Show;

/**
 * Describes a node from near just as the {@link AgentsEndpoint} does, for what shows it
 * in another place. Whether the endpoint is exposed does not matter to it.
 *
 * @since 0.1.0
 */
public final class NodeReader {

	private final AgentsEndpoint endpoint;

	private final boolean showValues;

	/**
	 * Describe nodes of a system.
	 * @param system the system
	 * @param sanitizer decides what may be told of messages, states and exceptions
	 * @param showValues whether that much is told, or classes alone
	 */
	public NodeReader(AgentSystem system, Sanitizer sanitizer, boolean showValues) {
		this.endpoint = new AgentsEndpoint(system, new AgentOperations(system), sanitizer,
				showValues ? Show.ALWAYS : Show.NEVER);
		this.showValues = showValues;
	}

	/**
	 * Describe a node without its children.
	 * @param path the node
	 * @return what Jackson writes as the endpoint would, empty if there is no such node
	 */
	public Mono<Object> read(AgentPath path) {
		return this.endpoint.node(path.segments().toArray(String[]::new), TreeCut.NODE_ONLY, this.showValues)
			.cast(Object.class);
	}

}
