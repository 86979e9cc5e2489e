package io.switchboard.autoconfigure.actuate;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Draws trees as graphs for Graphviz.
 */
final class DotDrawing extends TreeDrawing {

	@Override
	protected String head() {
		return "digraph agents {\n  node [fontname=\"sans-serif\"];";
	}

	@Override
	protected String foot() {
		return "}\n";
	}

	@Override
	protected String node(String id, String[] lines, boolean supervisor) {
		String text = Arrays.stream(lines).map(DotDrawing::escape).collect(Collectors.joining("\\n"));
		return "%s [label=\"%s\", shape=%s];".formatted(id, text, supervisor ? "box" : "ellipse");
	}

	@Override
	protected String edge(String from, String to) {
		return from + " -> " + to + ";";
	}

	/**
	 * Graphviz reads backslashes and HTML's entities also within quotes.
	 */
	private static String escape(String text) {
		StringBuilder escaped = new StringBuilder();
		text.codePoints().forEach((point) -> {
			switch (point) {
				case '"' -> escaped.append("\\\"");
				case '\\' -> escaped.append("\\\\");
				case '&' -> escaped.append("&amp;");
				case '<' -> escaped.append("&lt;");
				case '>' -> escaped.append("&gt;");
				default -> escaped.appendCodePoint(Character.isISOControl(point) ? ' ' : point);
			}
		});
		return escaped.toString();
	}

}
