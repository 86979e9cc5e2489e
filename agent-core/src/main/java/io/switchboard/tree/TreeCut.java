package io.switchboard.tree;

/**
 * How much of a tree a snapshot shows, for trees that are too large to be shown whole. A
 * supervisor whose children are not all shown says so: it has more of them than it lists,
 * and a place to {@linkplain SupervisorNode#next() go on} from.
 *
 * @param children how many children of each supervisor to show at most
 * @param nodes how many nodes to show at most in all; children come before grandchildren
 * @param after where the list of the children of the node in question begins:
 * {@link #FROM_START}, or what {@link SupervisorNode#next()} has said
 * @since 0.1.0
 */
public record TreeCut(int children, int nodes, long after) {

	/**
	 * The place before the first child.
	 */
	public static final long FROM_START = -1;

	/**
	 * Show it whole.
	 */
	public static final TreeCut NONE = new TreeCut(Integer.MAX_VALUE, Integer.MAX_VALUE, FROM_START);

	/**
	 * The node alone, which costs the same however many children it has.
	 */
	public static final TreeCut NODE_ONLY = new TreeCut(0, 1, FROM_START);

	public TreeCut {
		if (children < 0 || nodes < 1) {
			throw new IllegalArgumentException(
					"A snapshot cannot show %d children and %d nodes: zero and one are the least".formatted(children,
							nodes));
		}
	}

}
