package io.switchboard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The stable address of a node in the supervision tree, such as {@code /desk/pricing}.
 * <p>
 * A path names a place, not a life: it stays the same over restarts, while the
 * incarnation rises. You probably want {@link #of(String)} or, below a node you already
 * have, {@link #child(String)}.
 * <p>
 * A segment has 1 to {@value #MAX_SEGMENT_LENGTH} characters, none of them a slash, white
 * space or a control character, and is neither {@code .} nor {@code ..}.
 *
 * @since 0.1.0
 */
public final class AgentPath implements Comparable<AgentPath> {

	/**
	 * Longest segment allowed, in characters.
	 */
	public static final int MAX_SEGMENT_LENGTH = 255;

	/**
	 * The root of every tree, {@code /}.
	 */
	public static final AgentPath ROOT = new AgentPath(null, "");

	private final @Nullable AgentPath parent;

	private final String name;

	private final int hash;

	private AgentPath(@Nullable AgentPath parent, String name) {
		this.parent = parent;
		this.name = name;
		this.hash = 31 * ((parent != null) ? parent.hash : 0) + name.hashCode();
	}

	/**
	 * Read an absolute path.
	 * @param path the text, beginning with a slash
	 * @return the path
	 * @throws IllegalArgumentException if the text is no absolute path; the message names
	 * the segment at fault
	 */
	public static AgentPath of(String path) {
		Objects.requireNonNull(path, "'path' must not be null");
		if (!path.startsWith("/")) {
			throw new IllegalArgumentException(
					"Agent path '%s' is not absolute: it must begin with '/', as in '/desk/pricing'".formatted(path));
		}
		AgentPath result = ROOT;
		if (path.length() > 1) {
			for (String segment : path.substring(1).split("/", -1)) {
				result = result.child(segment);
			}
		}
		return result;
	}

	/**
	 * Address a child of this node.
	 * @param name the child's name, one segment
	 * @return the child's path
	 * @throws IllegalArgumentException if the name is not a valid segment
	 */
	public AgentPath child(String name) {
		return new AgentPath(this, checkSegment(name));
	}

	/**
	 * Check that a text can be one segment of a path.
	 * @param segment the text
	 * @return the same text
	 * @throws IllegalArgumentException if it is empty, too long, {@code .} or {@code ..},
	 * or has a slash, white space or a control character
	 */
	public static String checkSegment(String segment) {
		Objects.requireNonNull(segment, "'segment' must not be null");
		if (segment.isEmpty() || segment.length() > MAX_SEGMENT_LENGTH || segment.equals(".") || segment.equals("..")
				|| hasForbidden(segment)) {
			throw new IllegalArgumentException(
					("Name '%s' cannot be part of an agent path: 1 to %d characters are allowed, "
							+ "without slash, white space and control characters, and not '.' or '..'")
						.formatted(abbreviate(segment), MAX_SEGMENT_LENGTH));
		}
		return segment;
	}

	// a loop, as every start of an agent comes by here several times
	private static boolean hasForbidden(String segment) {
		for (int i = 0; i < segment.length(); i++) {
			char c = segment.charAt(i);
			if (c == '/' || Character.isWhitespace(c) || Character.isISOControl(c)) {
				return true;
			}
		}
		return false;
	}

	private static String abbreviate(String segment) {
		return (segment.length() > 60) ? segment.substring(0, 57) + "..." : segment;
	}

	/**
	 * The path one level up.
	 * @return the parent, or {@code null} for the root
	 */
	public @Nullable AgentPath parent() {
		return this.parent;
	}

	/**
	 * The last segment.
	 * @return the name, empty for the root
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Whether this is the root.
	 * @return {@code true} for {@code /}
	 */
	public boolean isRoot() {
		return this.parent == null;
	}

	/**
	 * All segments from the root downwards.
	 * @return the names, empty for the root
	 */
	public List<String> segments() {
		List<String> result = new ArrayList<>();
		for (AgentPath path = this; path.parent != null; path = path.parent) {
			result.add(path.name);
		}
		Collections.reverse(result);
		return Collections.unmodifiableList(result);
	}

	/**
	 * Whether this path is the given one or lies below it.
	 * @param ancestor the path to compare with
	 * @return {@code true} if it does
	 */
	public boolean startsWith(AgentPath ancestor) {
		for (AgentPath path = this; path != null; path = path.parent) {
			if (path.equals(ancestor)) {
				return true;
			}
		}
		return false;
	}

	@Override
	public int compareTo(AgentPath other) {
		return toString().compareTo(other.toString());
	}

	@Override
	public boolean equals(@Nullable Object other) {
		if (this == other) {
			return true;
		}
		return other instanceof AgentPath that && this.hash == that.hash && this.name.equals(that.name)
				&& Objects.equals(this.parent, that.parent);
	}

	@Override
	public int hashCode() {
		return this.hash;
	}

	@Override
	public String toString() {
		if (this.parent == null) {
			return "/";
		}
		return this.parent.isRoot() ? "/" + this.name : this.parent + "/" + this.name;
	}

}
