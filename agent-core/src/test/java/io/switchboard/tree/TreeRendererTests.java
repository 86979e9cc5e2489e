package io.switchboard.tree;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.switchboard.Activity;
import io.switchboard.AgentPath;
import io.switchboard.supervision.NodeType;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Strategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AgentTree#render()}.
 */
class TreeRendererTests {

	@Test
	void drawsOneLineANode() {
		SupervisorNode desk = supervisor("/desk", Duration.ofMinutes(1), List.of(agent("/desk/a"), agent("/desk/b")));

		String drawing = new AgentTree(supervisor("/", Duration.ofSeconds(5), List.of(desk, agent("/c")))).render();

		assertThat(drawing).isEqualTo("""
				/ [supervisor, rest-for-one, 3 restarts in 5s] running
				├─ desk [supervisor, rest-for-one, 3 restarts in 1m] running
				│  ├─ a [agent, transient] restarting
				│  └─ b [agent, transient] restarting
				└─ c [agent, transient] restarting""");
	}

	@Test
	void drawsWhatAnAgentIsAt() {
		TreeNode busy = new AgentNode(AgentPath.of("/a"), NodeStatus.RUNNING, 1, 0, null, null, Restart.TRANSIENT,
				new MailboxState(0, 10, null), "1",
				List.of(new Activity("recovering", Instant.EPOCH, Map.of("rung", "retry")),
						new Activity("waiting", Instant.EPOCH, Map.of("provider", "openai"))));

		String drawing = new AgentTree(supervisor("/", Duration.ofSeconds(5), List.of(busy))).render();

		assertThat(drawing).endsWith("└─ a [agent, transient] running, recovering rung=retry, waiting provider=openai");
	}

	@ParameterizedTest(name = "{0} as {1}")
	@CsvSource({ "PT0.25S, 250ms", "PT90S, 90s", "PT2M, 2m", "PT120M, 2h", "PT0.000001S, PT0.000001S" })
	void writesPeriodsAsInTheConfiguration(Duration period, String text) {
		assertThat(new AgentTree(supervisor("/", period, List.of())).render()).contains("3 restarts in " + text + "]");
	}

	@Test
	void cutsLongListsOfChildren() {
		List<TreeNode> sessions = IntStream.range(0, 60).mapToObj((number) -> agent("/s" + number)).toList();

		String drawing = new AgentTree(supervisor("/", Duration.ofSeconds(5), sessions)).render();

		assertThat(drawing.lines()).hasSize(52).last().isEqualTo("└─ … and 10 more");
	}

	private static SupervisorNode supervisor(String path, Duration within, List<? extends TreeNode> children) {
		return new SupervisorNode(AgentPath.of(path), NodeType.SUPERVISOR, NodeStatus.RUNNING, 1, 0, null, null,
				Strategy.REST_FOR_ONE, 3, within, 0, List.copyOf(children));
	}

	private static TreeNode agent(String path) {
		return new AgentNode(AgentPath.of(path), NodeStatus.RESTARTING, 1, 0, null, null, Restart.TRANSIENT,
				new MailboxState(0, 10, null), "1", List.of());
	}

}
