package io.switchboard.registry;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Entries by their keys, for when there may be a million of them: beside its place in an
 * array an entry costs nothing. For those who build a runtime.
 * <p>
 * Reading takes no lock and may go on beside changes; changes take turns. An entry stays
 * where it is until it is removed, or all move to another array, so that a reader who has
 * not seen an entry has looked when it was not there.
 *
 * @param <E> the type of the entries
 * @since 0.1.0
 */
public final class Directory<E extends Directory.Entry> {

	private static final int SMALLEST = 8;

	/**
	 * How many entries are read at a time when all move: reading one does not wait for
	 * another then.
	 */
	private static final int MOVED_AT_ONCE = 16;

	private final Object lock = new Object();

	private volatile Places<E> places = new Places<>(SMALLEST);

	private volatile int size;

	/**
	 * Places that are not free: with an entry, or where one was. Guarded by the lock.
	 */
	private int used;

	/**
	 * Find an entry.
	 * @param key its key
	 * @return the entry, or {@code null} if there is none
	 */
	public @Nullable E find(Object key) {
		return this.places.find(key, key.hashCode());
	}

	/**
	 * Add an entry, or put it in the place of another of the same key.
	 * @param added the entry
	 */
	public void put(E added) {
		addUnless(added, (present) -> false, (replaced) -> {
		});
	}

	/**
	 * Add an entry unless there is one of the same key.
	 * @param added the entry
	 * @return the one that was there before, or {@code null}
	 */
	public @Nullable E addIfAbsent(E added) {
		E there = addUnless(added, (present) -> true, (replaced) -> {
		});
		return (there != added) ? there : null;
	}

	/**
	 * Add an entry unless one of the same key keeps its place.
	 * @param added the entry
	 * @param stays decides whether an entry of the same key stays; where it does not, the
	 * new one replaces it in one step
	 * @param done told of the entry that was replaced, or {@code null}, before anybody
	 * sees the new one; must be short, as changes wait for it
	 * @return the entry that is there now
	 */
	public E addUnless(E added, Predicate<? super E> stays, Consumer<? super @Nullable E> done) {
		synchronized (this.lock) {
			E present = this.places.find(added.key(), added.hash());
			if (present != null && stays.test(present)) {
				return present;
			}
			done.accept(present);
			if (present != null) {
				this.places.replace(present, added);
			}
			else {
				insert(added);
			}
			return added;
		}
	}

	/**
	 * Remove an entry.
	 * @param removed the entry
	 * @return whether it was there; another one of the same key stays
	 */
	public boolean remove(E removed) {
		return remove(removed, () -> {
		});
	}

	/**
	 * Remove an entry.
	 * @param removed the entry
	 * @param done called before anybody sees that it is gone; must be short, as changes
	 * wait for it
	 * @return whether it was there; another one of the same key stays
	 */
	@SuppressWarnings("NonAtomicVolatileUpdate") // guarded by the lock
	public boolean remove(E removed, Runnable done) {
		synchronized (this.lock) {
			if (this.places.find(removed.key(), removed.hash()) != removed) {
				return false;
			}
			done.run();
			this.used -= this.places.remove(removed);
			this.size--;
			return true;
		}
	}

	/**
	 * How many entries there are.
	 * @return the number
	 */
	public int size() {
		return this.size;
	}

	/**
	 * All entries.
	 * @return those of this moment, in no order; what changes meanwhile may be among them
	 * or not
	 */
	public List<E> all() {
		return this.places.all(this.size);
	}

	@SuppressWarnings("NonAtomicVolatileUpdate") // guarded by the lock
	private void insert(E added) {
		// between a third and two thirds are in use
		if ((this.used + 1) * 3L > this.places.length() * 2L) {
			move();
		}
		if (this.places.add(added, added.hash())) {
			this.used++;
		}
		this.size++;
	}

	/**
	 * Move to places of which half at most are in use. Readers of the old ones see what
	 * was there.
	 */
	private void move() {
		int length = SMALLEST;
		while (length < (this.size + 1) * 2L && length < 1 << 30) {
			length *= 2;
		}
		Places<E> larger = new Places<>(length);
		List<E> moved = this.places.all(this.size);
		int[] hashes = new int[MOVED_AT_ONCE];
		for (int begin = 0; begin < moved.size(); begin += MOVED_AT_ONCE) {
			int end = Math.min(moved.size(), begin + MOVED_AT_ONCE);
			for (int i = begin; i < end; i++) {
				hashes[i - begin] = moved.get(i).hash();
			}
			for (int i = begin; i < end; i++) {
				larger.add(moved.get(i), hashes[i - begin]);
			}
		}
		this.used = this.size;
		this.places = larger;
	}

	/**
	 * What can be filed. Neither the key nor its hash ever changes.
	 *
	 * @since 0.1.0
	 */
	public interface Entry {

		/**
		 * What to find it by.
		 * @return the key
		 */
		Object key();

		/**
		 * The hash code of the key, at hand, as it is read often.
		 * @return {@code key().hashCode()}
		 */
		int hash();

	}

}
