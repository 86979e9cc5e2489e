package io.switchboard.mailbox;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.switchboard.mailbox.Mailbox.Node;
import org.jspecify.annotations.Nullable;

/**
 * What the consumer has taken from a {@link Mailbox} and works off, the oldest first. It
 * is an object of its own so that the consumer, which writes here for each message, does
 * not disturb the producers.
 * <p>
 * A node's depth says how many nodes that take room there were up to and with it, so the
 * depth of the latest one that went tells how many are left.
 */
final class Taken {

	private static final AtomicReferenceFieldUpdater<Taken, @Nullable Node> OLDEST = AtomicReferenceFieldUpdater
		.newUpdater(Taken.class, Node.class, "oldest");

	private static final AtomicIntegerFieldUpdater<Taken> GONE = AtomicIntegerFieldUpdater.newUpdater(Taken.class,
			"gone");

	private final int total;

	private volatile @Nullable Node oldest;

	private volatile int gone;

	private Taken(int total, Node oldest) {
		this.total = total;
		this.oldest = oldest;
	}

	/**
	 * Turn a stack round.
	 * @param top its top
	 * @return what was on it
	 */
	static Taken from(Node top) {
		int total = top.depth;
		Node turned = top;
		Node node = top.next;
		top.next = null;
		while (node != null) {
			Node next = node.next;
			node.next = turned;
			turned = node;
			node = next;
		}
		return new Taken(total, turned);
	}

	@Nullable Node oldest() {
		return this.oldest;
	}

	boolean isEmpty() {
		return this.oldest == null;
	}

	/**
	 * How many of the nodes that are left take room.
	 * @return the number
	 */
	int counted() {
		return this.total - this.gone;
	}

	/**
	 * How many took room at the beginning.
	 * @return the number
	 */
	int total() {
		return this.total;
	}

	/**
	 * Take the oldest node.
	 * @param node the oldest node
	 */
	void remove(Node node) {
		OLDEST.lazySet(this, node.next);
		GONE.lazySet(this, node.depth);
		node.next = null;
	}

	/**
	 * Take the oldest of the nodes that take room.
	 * @return the node, or {@code null} if none does
	 */
	@Nullable Node removeCounted() {
		Node before = null;
		Node node = this.oldest;
		while (node != null && node.depth <= this.gone) {
			before = node;
			node = node.next;
		}
		if (node == null) {
			return null;
		}
		for (Node passed = this.oldest; passed != null && passed != node; passed = passed.next) {
			// it takes no more room than what has gone by now
			passed.depth = node.depth;
		}
		if (before != null) {
			before.next = node.next;
		}
		else {
			this.oldest = node.next;
		}
		this.gone = node.depth;
		node.next = null;
		return node;
	}

	/**
	 * Put nodes that take no room before all others. Nothing has gone yet.
	 * @param others what they are left in
	 */
	void prepend(Taken others) {
		Node last = null;
		for (Node node = others.oldest; node != null; node = node.next) {
			node.depth = 0;
			last = node;
		}
		if (last != null) {
			last.next = this.oldest;
			this.oldest = others.oldest;
		}
	}

}
