package io.switchboard.mailbox;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A bounded queue with many producers and one consumer. Empty, it is this object alone.
 * <p>
 * Producers push onto a stack; the consumer takes the stack as a whole, turns it round
 * and works it off. The nodes on the stack count themselves, so the bound costs no
 * counter that all would have to change. With {@link OverflowPolicy#REJECT} nothing is
 * turned away while there is room; the bound may be passed for the moment in which the
 * consumer takes the stack, by what it takes. With {@link OverflowPolicy#DROP_OLDEST} it
 * may be passed for a moment by as many messages as there are threads sending at once.
 * <p>
 * After R. K. Treiber, "Systems Programming: Coping with Parallelism" (1986).
 *
 * @param <E> the type of elements
 * @since 0.1.0
 */
public final class Mailbox<E> {

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<Mailbox, @Nullable Node> NEWEST = AtomicReferenceFieldUpdater
		.newUpdater(Mailbox.class, Node.class, "newest");

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<Mailbox, @Nullable Node> OLDEST = AtomicReferenceFieldUpdater
		.newUpdater(Mailbox.class, Node.class, "oldest");

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<Mailbox> TAKEN = AtomicIntegerFieldUpdater.newUpdater(Mailbox.class,
			"taken");

	private volatile MailboxSpec spec;

	/**
	 * The top of the stack.
	 */
	private volatile @Nullable Node newest;

	/**
	 * What was taken from the stack and waits, the oldest first. Written by the consumer.
	 */
	private volatile @Nullable Node oldest;

	/**
	 * How many of these take room. Written by the consumer.
	 */
	private volatile int taken;

	/**
	 * Make an empty mailbox.
	 * @param spec its bound and what happens beyond
	 */
	public Mailbox(MailboxSpec spec) {
		this.spec = spec;
	}

	/**
	 * Put an element behind the others.
	 * @param element the element
	 * @param dropped told of an older element that had to go
	 * @return what became of it
	 */
	public Admission offer(E element, Consumer<? super E> dropped) {
		MailboxSpec bound = this.spec;
		boolean rejecting = bound.overflow() == OverflowPolicy.REJECT;
		Node node = new Node(element);
		while (true) {
			Node top = this.newest;
			int stacked = (top != null) ? top.depth : 0;
			if (rejecting && stacked + this.taken >= bound.capacity()) {
				if (this.newest == top) {
					return Admission.REFUSED;
				}
				// the stack was taken between the two looks, and counted twice
				continue;
			}
			node.next = top;
			node.depth = stacked + 1;
			if (NEWEST.compareAndSet(this, top, node)) {
				if (!rejecting) {
					keepBound(bound, node, dropped);
				}
				return (top != null) ? Admission.BEHIND : Admission.FIRST;
			}
		}
	}

	private void keepBound(MailboxSpec bound, Node added, Consumer<? super E> dropped) {
		E gone = (added.depth + this.taken > bound.capacity()) ? dropOldest() : null;
		if (gone != null) {
			dropped.accept(gone);
		}
	}

	/**
	 * Put an element behind the others that takes no room: it is let in even if the
	 * mailbox is full, and never has to go for a newer one. Nothing bounds the number of
	 * such elements.
	 * @param element the element
	 */
	public void offerUncounted(E element) {
		Node node = new Uncounted(element);
		Node top;
		do {
			top = this.newest;
			node.next = top;
			node.depth = (top != null) ? top.depth : 0;
		}
		while (!NEWEST.compareAndSet(this, top, node));
	}

	/**
	 * Take the element that has waited longest.
	 * @return the element, or {@code null} if there is none
	 */
	public @Nullable E poll() {
		if (this.spec.overflow() == OverflowPolicy.REJECT) {
			return take();
		}
		synchronized (this) {
			return take();
		}
	}

	private @Nullable E take() {
		Node node = this.oldest;
		if (node == null) {
			node = takeStack();
			if (node == null) {
				return null;
			}
		}
		OLDEST.lazySet(this, node.next);
		if (node.isCounted()) {
			TAKEN.lazySet(this, this.taken - 1);
		}
		return elementOf(node);
	}

	/**
	 * Take the stack and turn it round.
	 * @return the oldest, or {@code null} if it is empty
	 */
	private @Nullable Node takeStack() {
		Node node = (this.newest != null) ? NEWEST.getAndSet(this, null) : null;
		if (node == null) {
			return null;
		}
		int counted = node.depth;
		Node turned = null;
		while (node != null) {
			Node next = node.next;
			node.next = turned;
			turned = node;
			node = next;
		}
		TAKEN.lazySet(this, counted);
		return turned;
	}

	/**
	 * Take the element that has waited longest among those that take room. Called by
	 * producers, so the consumer is kept out meanwhile.
	 * @return the element, or {@code null} if there is room by now
	 */
	private @Nullable E dropOldest() {
		synchronized (this) {
			if (this.spec.overflow() == OverflowPolicy.REJECT || size() <= this.spec.capacity()) {
				// where the bounds have changed meanwhile, the consumer takes no lock any
				// more
				return null;
			}
			Node before = null;
			Node node = this.oldest;
			while (node != null && !node.isCounted()) {
				before = node;
				node = node.next;
			}
			if (node == null) {
				appendStack(before);
				return dropOldest();
			}
			if (before != null) {
				before.next = node.next;
			}
			else {
				this.oldest = node.next;
			}
			this.taken = this.taken - 1;
			return elementOf(node);
		}
	}

	private void appendStack(@Nullable Node last) {
		Node turned = takeStack();
		if (last != null) {
			last.next = turned;
		}
		else {
			this.oldest = turned;
		}
	}

	@SuppressWarnings("unchecked")
	private @Nullable E elementOf(Node node) {
		return (E) node.element;
	}

	/**
	 * Look at an element that has waited long: in a quiet moment the one that has waited
	 * longest.
	 * @return the element, or {@code null} if there is none
	 */
	public @Nullable E peek() {
		Node first = this.oldest;
		if (first == null) {
			for (Node node = this.newest; node != null; node = node.next) {
				first = node;
			}
		}
		return (first != null) ? elementOf(first) : null;
	}

	/**
	 * Whether nothing waits.
	 * @return {@code true} if so
	 */
	public boolean isEmpty() {
		return this.oldest == null && this.newest == null;
	}

	/**
	 * How many elements wait, but for those that take no room.
	 * @return the number
	 */
	public int size() {
		Node top = this.newest;
		return ((top != null) ? top.depth : 0) + this.taken;
	}

	/**
	 * How many elements may wait.
	 * @return the number
	 */
	public int capacity() {
		return this.spec.capacity();
	}

	/**
	 * Go by other bounds from now on. Elements that wait stay, also if there are more
	 * than may wait now. To be called by the consumer.
	 * @param spec the bounds and what happens beyond
	 */
	public void change(MailboxSpec spec) {
		synchronized (this) {
			this.spec = spec;
		}
	}

	/**
	 * An element and the one below it on the stack, or behind it in what was taken.
	 */
	private static class Node {

		final Object element;

		@Nullable Node next;

		/**
		 * How many on the stack take room, up to and with this one.
		 */
		int depth;

		Node(Object element) {
			this.element = element;
		}

		boolean isCounted() {
			return true;
		}

	}

	/**
	 * An element that takes no room.
	 */
	private static final class Uncounted extends Node {

		Uncounted(Object element) {
			super(element);
		}

		@Override
		boolean isCounted() {
			return false;
		}

	}

}
