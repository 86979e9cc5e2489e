package io.switchboard.autoconfigure.actuate;

import io.switchboard.tree.TreeNode;

import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * How a tree is shown.
 */
enum TreeFormat {

	/**
	 * As data.
	 */
	JSON(MimeTypeUtils.APPLICATION_JSON),

	/**
	 * As a Mermaid flowchart.
	 */
	MERMAID(MimeType.valueOf("text/vnd.mermaid;charset=UTF-8")),

	/**
	 * As a graph for Graphviz.
	 */
	DOT(MimeType.valueOf("text/vnd.graphviz;charset=UTF-8"));

	private final MimeType type;

	TreeFormat(MimeType type) {
		this.type = type;
	}

	MimeType type() {
		return this.type;
	}

	/**
	 * Draw a tree.
	 * @param root the node at the top, with what is shown below it
	 * @return the drawing
	 * @throws IllegalStateException if this is data and no drawing
	 */
	String draw(TreeNode root) {
		return switch (this) {
			case MERMAID -> new MermaidDrawing().draw(root);
			case DOT -> new DotDrawing().draw(root);
			case JSON -> throw new IllegalStateException("data is not drawn");
		};
	}

}
