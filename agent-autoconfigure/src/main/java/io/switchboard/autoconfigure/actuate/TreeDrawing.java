package io.switchboard.autoconfigure.actuate;

import io.switchboard.tree.AgentNode;
import io.switchboard.tree.SupervisorNode;
import io.switchboard.tree.TreeNode;

/**
 * Writes a tree down as a graph: each node once, with a line from its supervisor, and
 * what is not shown as a number.
 */
abstract class TreeDrawing {

	private final StringBuilder out = new StringBuilder();

	private int nodes;

	/**
	 * Draw a tree.
	 * @param root the node at the top, with what is shown below it
	 * @return the drawing
	 */
	final String draw(TreeNode root) {
		this.out.append(head()).append('\n');
		drawNode(root);
		return this.out.append(foot()).toString();
	}

	protected abstract String head();

	protected abstract String foot();

	/**
	 * Draw a node.
	 * @param id its name in the graph
	 * @param lines what is written on it, which may contain any characters
	 * @param supervisor whether it is a supervisor
	 * @return a line of the drawing
	 */
	protected abstract String node(String id, String[] lines, boolean supervisor);

	/**
	 * Draw a line between two nodes.
	 * @param from the name of the upper one in the graph
	 * @param to the name of the lower one
	 * @return a line of the drawing
	 */
	protected abstract String edge(String from, String to);

	private String drawNode(TreeNode node) {
		String id = add(node instanceof SupervisorNode, name(node), describe(node));
		if (node instanceof SupervisorNode supervisor) {
			supervisor.children().forEach((child) -> connect(id, drawNode(child)));
			if (supervisor.next() != null) {
				connect(id,
						add(false, "%d of %d shown".formatted(supervisor.children().size(), supervisor.childCount())));
			}
		}
		return id;
	}

	private String add(boolean supervisor, String... lines) {
		String id = "n" + this.nodes++;
		this.out.append("  ").append(node(id, lines, supervisor)).append('\n');
		return id;
	}

	private void connect(String from, String to) {
		this.out.append("  ").append(edge(from, to)).append('\n');
	}

	private static String name(TreeNode node) {
		return node.path().isRoot() ? "/" : node.path().name();
	}

	private static String describe(TreeNode node) {
		String text = "%s, %d restarts".formatted(node.status().id(), node.restarts());
		return (node instanceof AgentNode agent && agent.mailbox().size() > 0)
				? text + ", %d waiting".formatted(agent.mailbox().size()) : text;
	}

}
