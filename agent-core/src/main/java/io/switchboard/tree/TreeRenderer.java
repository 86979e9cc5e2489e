package io.switchboard.tree;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Draws a tree with lines. Long lists of children are cut, with their number.
 */
final class TreeRenderer {

	private static final int MAX_CHILDREN = 50;

	private TreeRenderer() {
	}

	static String render(SupervisorNode root) {
		StringBuilder out = new StringBuilder();
		out.append("/ ").append(describe(root));
		appendChildren(root, "", out);
		return out.toString();
	}

	private static void appendChildren(SupervisorNode node, String indent, StringBuilder out) {
		List<TreeNode> children = node.children();
		int shown = Math.min(children.size(), MAX_CHILDREN);
		for (int i = 0; i < shown; i++) {
			boolean last = i == children.size() - 1;
			TreeNode child = children.get(i);
			out.append('\n').append(indent).append(last ? "└─ " : "├─ ");
			out.append(child.path().name()).append(' ').append(describe(child));
			if (child instanceof SupervisorNode supervisor) {
				appendChildren(supervisor, indent + (last ? "   " : "│  "), out);
			}
		}
		if (shown < children.size()) {
			out.append('\n').append(indent).append("└─ … and ").append(children.size() - shown).append(" more");
		}
	}

	private static String describe(TreeNode node) {
		String kind = node.type().id();
		if (node instanceof SupervisorNode supervisor) {
			kind += ", " + supervisor.strategy().name().toLowerCase(Locale.ROOT).replace('_', '-') + ", "
					+ supervisor.maxRestarts() + " restarts in " + text(supervisor.within());
		}
		else if (node instanceof AgentNode agent) {
			kind += ", " + agent.restart().name().toLowerCase(Locale.ROOT);
		}
		return "[" + kind + "] " + node.status().id() + activities(node);
	}

	private static String activities(TreeNode node) {
		return (node instanceof AgentNode agent)
				? agent.activities().stream().map((activity) -> ", " + activity).collect(Collectors.joining()) : "";
	}

	/**
	 * Writes a duration as in the configuration, in the largest unit that holds it whole.
	 */
	private static String text(Duration duration) {
		long millis = duration.toMillis();
		if (!Duration.ofMillis(millis).equals(duration) || millis == 0) {
			return duration.toString();
		}
		if (millis % 1000 != 0) {
			return millis + "ms";
		}
		long seconds = millis / 1000;
		if (seconds % 3600 == 0) {
			return seconds / 3600 + "h";
		}
		return (seconds % 60 == 0) ? seconds / 60 + "m" : seconds + "s";
	}

}
