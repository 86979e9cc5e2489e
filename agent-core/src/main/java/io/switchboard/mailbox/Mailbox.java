package io.switchboard.mailbox;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A bounded queue with many producers and one consumer.
 * <p>
 * The bound is kept by a counter, not by the queue: with {@link OverflowPolicy#REJECT} it
 * is exact, with {@link OverflowPolicy#DROP_OLDEST} it may be passed for a moment by as
 * many messages as there are threads sending at once.
 *
 * @param <E> the type of elements
 * @since 0.1.0
 */
public final class Mailbox<E> {

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<Mailbox> SIZE = AtomicIntegerFieldUpdater.newUpdater(Mailbox.class,
			"size");

	private volatile MailboxSpec spec;

	/**
	 * Elements, some of them {@link Uncounted}.
	 */
	private final Queue<Object> queue = new ConcurrentLinkedQueue<>();

	private volatile int size;

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
	 * @return {@code false} if the mailbox is full and takes no more
	 */
	public boolean offer(E element, Consumer<? super E> dropped) {
		if (this.spec.overflow() == OverflowPolicy.REJECT) {
			if (!reserve()) {
				return false;
			}
		}
		else if (SIZE.incrementAndGet(this) > this.spec.capacity()) {
			E oldest = pollCounted();
			if (oldest != null) {
				dropped.accept(oldest);
			}
		}
		this.queue.add(element);
		return true;
	}

	private boolean reserve() {
		int taken = this.size;
		while (taken < this.spec.capacity()) {
			if (SIZE.compareAndSet(this, taken, taken + 1)) {
				return true;
			}
			taken = this.size;
		}
		return false;
	}

	/**
	 * Put an element behind the others that takes no room: it is let in even if the
	 * mailbox is full, and never has to go for a newer one. Nothing bounds the number of
	 * such elements.
	 * @param element the element
	 */
	public void offerUncounted(E element) {
		this.queue.add(new Uncounted(element));
	}

	/**
	 * Go by other bounds from now on. Elements that wait stay, also if there are more
	 * than may wait now.
	 * @param spec the bounds and what happens beyond
	 */
	public void change(MailboxSpec spec) {
		this.spec = spec;
	}

	/**
	 * Take the element that has waited longest.
	 * @return the element, or {@code null} if there is none
	 */
	public @Nullable E poll() {
		Object next = this.queue.poll();
		if (next != null && !(next instanceof Uncounted)) {
			SIZE.decrementAndGet(this);
		}
		return elementOf(next);
	}

	/**
	 * Take the element that has waited longest among those that take room.
	 * @return the element, or {@code null} if there is none
	 */
	private @Nullable E pollCounted() {
		Object oldest = peekCounted();
		// whoever polls may be faster
		while (oldest != null && !this.queue.remove(oldest)) {
			oldest = peekCounted();
		}
		if (oldest != null) {
			SIZE.decrementAndGet(this);
		}
		return elementOf(oldest);
	}

	private @Nullable Object peekCounted() {
		for (Object next : this.queue) {
			if (!(next instanceof Uncounted)) {
				return next;
			}
		}
		return null;
	}

	@SuppressWarnings("unchecked")
	private @Nullable E elementOf(@Nullable Object queued) {
		return (E) ((queued instanceof Uncounted uncounted) ? uncounted.element() : queued);
	}

	/**
	 * Look at the element that has waited longest.
	 * @return the element, or {@code null} if there is none
	 */
	public @Nullable E peek() {
		return elementOf(this.queue.peek());
	}

	/**
	 * Whether nothing waits.
	 * @return {@code true} if so
	 */
	public boolean isEmpty() {
		return this.queue.isEmpty();
	}

	/**
	 * How many elements wait, but for those that take no room.
	 * @return the number
	 */
	public int size() {
		return Math.min(this.size, this.spec.capacity());
	}

	/**
	 * How many elements may wait.
	 * @return the number
	 */
	public int capacity() {
		return this.spec.capacity();
	}

	/**
	 * An element that takes no room.
	 *
	 * @param element the element
	 */
	private record Uncounted(Object element) {

	}

}
