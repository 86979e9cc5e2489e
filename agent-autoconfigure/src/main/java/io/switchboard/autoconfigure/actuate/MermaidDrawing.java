package io.switchboard.autoconfigure.actuate;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Draws trees as Mermaid flowcharts.
 */
final class MermaidDrawing extends TreeDrawing {

	@Override
	protected String head() {
		return "flowchart TD";
	}

	@Override
	protected String foot() {
		return "";
	}

	@Override
	protected String node(String id, String[] lines, boolean supervisor) {
		String text = Arrays.stream(lines).map(MermaidDrawing::escape).collect(Collectors.joining("<br/>"));
		return supervisor ? id + "[[\"" + text + "\"]]" : id + "(\"" + text + "\")";
	}

	@Override
	protected String edge(String from, String to) {
		return from + " --> " + to;
	}

	/**
	 * Write all that might mean something to Mermaid, or to the page that shows it, as a
	 * number.
	 */
	private static String escape(String text) {
		StringBuilder escaped = new StringBuilder();
		text.codePoints().forEach((point) -> {
			if (Character.isLetterOrDigit(point) || " ,.-_/".indexOf(point) >= 0) {
				escaped.appendCodePoint(point);
			}
			else {
				escaped.append('#').append(point).append(';');
			}
		});
		return escaped.toString();
	}

}
