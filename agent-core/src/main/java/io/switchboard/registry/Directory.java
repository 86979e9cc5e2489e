package io.switchboard.registry;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
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
	 * Where an entry was. Searches go on behind it.
	 */
	private static final Object GONE = new Object();

	private final Object lock = new Object();

	private volatile @Nullable Object[] places = new @Nullable Object[SMALLEST];

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
		int hash = key.hashCode();
		@Nullable Object[] searched = this.places;
		int mask = searched.length - 1;
		int index = home(hash, mask);
		for (Object found = get(searched, index); found != null; found = get(searched, index)) {
			E entry = entry(found);
			if (entry != null && entry.hash() == hash && entry.key().equals(key)) {
				return entry;
			}
			index = (index + 1) & mask;
		}
		return null;
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
			E present = find(added.key());
			if (present != null && stays.test(present)) {
				return present;
			}
			done.accept(present);
			if (present != null) {
				set(this.places, placeOf(present), added);
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
			if (find(removed.key()) != removed) {
				return false;
			}
			done.run();
			int index = placeOf(removed);
			set(this.places, index, GONE);
			this.size--;
			free(index);
			return true;
		}
	}

	/**
	 * Where searches ended behind a place anyway, it can be free again.
	 */
	private void free(int index) {
		@Nullable Object[] current = this.places;
		int mask = current.length - 1;
		int last = index;
		while (current[(last + 1) & mask] == null && current[last] == GONE) {
			set(current, last, null);
			this.used--;
			last = (last - 1) & mask;
		}
	}

	/**
	 * Find the place of an entry. Guarded by the lock.
	 * @param entry an entry that is there
	 * @return its place
	 */
	private int placeOf(E entry) {
		@Nullable Object[] current = this.places;
		int mask = current.length - 1;
		int index = home(entry.hash(), mask);
		while (current[index] != entry) {
			index = (index + 1) & mask;
		}
		return index;
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
		@Nullable Object[] searched = this.places;
		List<E> result = new ArrayList<>(this.size);
		for (int i = 0; i < searched.length; i++) {
			E entry = entry(get(searched, i));
			if (entry != null) {
				result.add(entry);
			}
		}
		return result;
	}

	@SuppressWarnings("NonAtomicVolatileUpdate") // guarded by the lock
	private void insert(E added) {
		// between a third and two thirds are in use
		if ((this.used + 1) * 3L > this.places.length * 2L) {
			move();
		}
		@Nullable Object[] current = this.places;
		int mask = current.length - 1;
		int index = home(added.hash(), mask);
		while (current[index] != null && current[index] != GONE) {
			index = (index + 1) & mask;
		}
		if (current[index] == null) {
			this.used++;
		}
		set(current, index, added);
		this.size++;
	}

	/**
	 * Move to an array in which half of the places at most are in use. Readers of the old
	 * one see what was there.
	 */
	private void move() {
		int length = SMALLEST;
		while (length < (this.size + 1) * 2L && length < 1 << 30) {
			length *= 2;
		}
		@Nullable Object[] old = this.places;
		@Nullable Object[] larger = new @Nullable Object[length];
		int mask = length - 1;
		for (int i = 0; i < old.length; i++) {
			E entry = entry(old[i]);
			if (entry != null) {
				int index = home(entry.hash(), mask);
				while (larger[index] != null) {
					index = (index + 1) & mask;
				}
				larger[index] = entry;
			}
		}
		this.used = this.size;
		this.places = larger;
	}

	/**
	 * Where the search for a key begins. Keys that are counted up would stand side by
	 * side otherwise, and those of another series behind them.
	 */
	private static int home(int hash, int mask) {
		return (hash * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(mask);
	}

	// fences rather than access by handles, which is slow until it is compiled: a million
	// agents are started before that

	private static @Nullable Object get(@Nullable Object[] places, int index) {
		Object found = places[index];
		VarHandle.acquireFence();
		return found;
	}

	private static void set(@Nullable Object[] places, int index, @Nullable Object entry) {
		VarHandle.releaseFence();
		places[index] = entry;
	}

	@SuppressWarnings("unchecked")
	private @Nullable E entry(@Nullable Object place) {
		return (place != GONE) ? (E) place : null;
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
