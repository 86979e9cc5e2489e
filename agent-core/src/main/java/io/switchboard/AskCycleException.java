package io.switchboard;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An agent asked, directly or through others, an agent that waits for the answer itself.
 * It would have waited for ever, so the request was not sent.
 *
 * @since 0.1.0
 */
public final class AskCycleException extends AgentException {

	private static final long serialVersionUID = 1L;

	private final transient List<AgentPath> cycle;

	/**
	 * Report a cycle.
	 * @param cycle who asks whom, beginning and ending with the same agent
	 */
	public AskCycleException(List<AgentPath> cycle) {
		super("Agent '%s' cannot answer, because it waits for this answer itself (%s): tell instead of ask, or defer the reply"
			.formatted(cycle.get(0), cycle.stream().map(AgentPath::toString).collect(Collectors.joining(" asks "))));
		this.cycle = List.copyOf(cycle);
	}

	/**
	 * Who asks whom.
	 * @return the paths, beginning and ending with the same agent
	 */
	public List<AgentPath> cycle() {
		return this.cycle;
	}

}
