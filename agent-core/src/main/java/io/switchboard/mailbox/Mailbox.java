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
 * An element that is a {@link Node} waits as it is; for others a node is made. Such an
 * element must be in one mailbox only.
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
	private static final AtomicReferenceFieldUpdater<Mailbox, @Nullable Taken> TAKEN = AtomicReferenceFieldUpdater
		.newUpdater(Mailbox.class, Taken.class, "taken");

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<Mailbox> TAKEN_AT_MOST = AtomicIntegerFieldUpdater
		.newUpdater(Mailbox.class, "takenAtMost");

	private volatile MailboxSpec spec;

	/**
	 * The top of the stack.
	 */
	private volatile @Nullable Node newest;

	/**
	 * What was taken from the stack and waits, if that is more than one. Written by the
	 * consumer.
	 */
	private volatile @Nullable Taken taken;

	/**
	 * How many that were taken and take room there are, or have been. Producers need no
	 * more as long as this many and theirs are within the bound. Written by the consumer.
	 */
	private volatile int takenAtMost;

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
		Node node = nodeOf(element);
		while (true) {
			Node top = this.newest;
			int stacked = (top != null) ? top.depth : 0;
			if (rejecting && stacked + this.takenAtMost >= bound.capacity()
					&& stacked + takenCount() >= bound.capacity()) {
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
		E gone = (added.depth + this.takenAtMost > bound.capacity()) ? dropOldest() : null;
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
		Node node = nodeOf(element);
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
		Taken waiting = this.taken;
		Node node = (waiting != null) ? waiting.oldest() : null;
		if (waiting == null || node == null) {
			Node top = (this.newest != null) ? NEWEST.getAndSet(this, null) : null;
			if (top == null) {
				return null;
			}
			if (top.next == null) {
				return elementOf(top);
			}
			waiting = Taken.from(top);
			keep(waiting);
			node = oldestOf(waiting);
		}
		waiting.remove(node);
		forgetIfEmpty(waiting);
		return elementOf(node);
	}

	private static Node oldestOf(Taken waiting) {
		Node oldest = waiting.oldest();
		if (oldest == null) {
			throw new IllegalStateException("Nothing was taken");
		}
		return oldest;
	}

	private void keep(Taken waiting) {
		TAKEN_AT_MOST.lazySet(this, waiting.total());
		TAKEN.lazySet(this, waiting);
	}

	private void forgetIfEmpty(Taken waiting) {
		if (waiting.isEmpty()) {
			TAKEN.lazySet(this, null);
			TAKEN_AT_MOST.lazySet(this, 0);
		}
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
			Taken waiting = this.taken;
			Node gone = (waiting != null) ? waiting.removeCounted() : null;
			if (gone == null) {
				Node top = NEWEST.getAndSet(this, null);
				if (top == null) {
					return null;
				}
				Taken latest = Taken.from(top);
				if (waiting != null) {
					latest.prepend(waiting);
				}
				waiting = latest;
				keep(waiting);
				gone = waiting.removeCounted();
			}
			if (waiting != null) {
				forgetIfEmpty(waiting);
			}
			return (gone != null) ? elementOf(gone) : null;
		}
	}

	private static Node nodeOf(Object element) {
		return (element instanceof Node node) ? node : new Holder(element);
	}

	@SuppressWarnings("unchecked")
	private E elementOf(Node node) {
		return (E) ((node instanceof Holder holder) ? holder.element : node);
	}

	/**
	 * Look at an element that has waited long: in a quiet moment the one that has waited
	 * longest.
	 * @return the element, or {@code null} if there is none
	 */
	public @Nullable E peek() {
		Taken waiting = this.taken;
		Node first = (waiting != null) ? waiting.oldest() : null;
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
		Taken waiting = this.taken;
		return (waiting == null || waiting.isEmpty()) && this.newest == null;
	}

	/**
	 * How many elements wait, but for those that take no room.
	 * @return the number
	 */
	public int size() {
		Node top = this.newest;
		return ((top != null) ? top.depth : 0) + takenCount();
	}

	private int takenCount() {
		Taken waiting = this.taken;
		return (waiting != null) ? waiting.counted() : 0;
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
	 * What an element has that can wait without another object around it.
	 *
	 * @since 0.1.0
	 */
	public abstract static class Node {

		/**
		 * The one below it on the stack, or behind it in what was taken.
		 */
		@Nullable Node next;

		/**
		 * How many on the stack take room, up to and with this one.
		 */
		int depth;

		/**
		 * For subclasses.
		 */
		protected Node() {
		}

	}

	/**
	 * A node for an element that is none.
	 */
	private static final class Holder extends Node {

		final Object element;

		Holder(Object element) {
			this.element = element;
		}

	}

}
