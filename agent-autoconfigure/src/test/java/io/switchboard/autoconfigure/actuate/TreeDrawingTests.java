package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.supervision.NodeType;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Strategy;
import io.switchboard.tree.AgentNode;
import io.switchboard.tree.MailboxState;
import io.switchboard.tree.NodeStatus;
import io.switchboard.tree.SupervisorNode;
import io.switchboard.tree.TreeNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link TreeDrawing}.
 */
class TreeDrawingTests {

	private static final String HOSTILE = "x\"]<script>\\N&amp;#35;";

	@Test
	void mermaidIsDrawn() {
		assertThat(TreeFormat.MERMAID.draw(tree("a"))).isEqualTo("""
				flowchart TD
				  n0[["/<br/>running, 0 restarts"]]
				  n1("a<br/>suspended, 2 restarts, 1 waiting")
				  n0 --> n1
				  n2("1 of 9 shown")
				  n0 --> n2
				""");
	}

	@Test
	void dotIsDrawn() {
		assertThat(TreeFormat.DOT.draw(tree("a"))).isEqualTo("""
				digraph agents {
				  node [fontname="sans-serif"];
				  n0 [label="/\\nrunning, 0 restarts", shape=box];
				  n1 [label="a\\nsuspended, 2 restarts, 1 waiting", shape=ellipse];
				  n0 -> n1;
				  n2 [label="1 of 9 shown", shape=ellipse];
				  n0 -> n2;
				}
				""");
	}

	@Test
	void namesMeanNothingToMermaid() {
		assertThat(TreeFormat.MERMAID.draw(tree(HOSTILE)))
			.contains("n1(\"x#34;#93;#60;script#62;#92;N#38;amp#59;#35;35#59;<br/>suspended");
	}

	@Test
	void namesMeanNothingToGraphviz() {
		assertThat(TreeFormat.DOT.draw(tree(HOSTILE)))
			.contains("n1 [label=\"x\\\"]&lt;script&gt;\\\\N&amp;amp;#35;\\nsuspended");
	}

	@Test
	void dataIsNotDrawn() {
		assertThatIllegalStateException().isThrownBy(() -> TreeFormat.JSON.draw(tree("a")));
	}

	private static TreeNode tree(String name) {
		TreeNode child = new AgentNode(AgentPath.ROOT.child(name), NodeStatus.SUSPENDED, 3, 2, null, null,
				Restart.PERMANENT, new MailboxState(1, 10, Duration.ZERO), "1", List.of());
		return new SupervisorNode(AgentPath.ROOT, NodeType.SUPERVISOR, NodeStatus.RUNNING, 1, 0, null, null,
				Strategy.ONE_FOR_ONE, 3, Duration.ofMinutes(1), 0, 9, 0L, List.of(child));
	}

}
