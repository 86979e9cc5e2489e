package io.switchboard.registry;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Where the entries of a {@link Directory} are. An entry stands at the place its hash
 * tells, or behind it where that is taken.
 * <p>
 * Beside each place there is a byte that tells whether it is free and, of an entry, some
 * of its hash: a search passes by the entries of others without looking at them. They are
 * all over the memory, and looking there takes longer than all the rest.
 * <p>
 * Changes take turns, and reading goes on beside them: an entry is in its place before
 * its mark is there.
 *
 * @param <E> the type of the entries
 */
final class Places<E extends Directory.Entry> {

	private static final byte FREE = 0;

	/**
	 * Where an entry was. Searches go on behind it.
	 */
	private static final byte GONE = 1;

	private static final int MARKS = 2;

	// not of objects: reading would look whether each is an entry
	private final Directory.@Nullable Entry[] entries;

	private final byte[] marks;

	/**
	 * Make places.
	 * @param length how many; a power of two
	 */
	Places(int length) {
		this.entries = new Directory.@Nullable Entry[length];
		this.marks = new byte[length];
	}

	int length() {
		return this.marks.length;
	}

	@Nullable E find(Object key, int hash) {
		byte mark = mark(hash);
		int mask = this.marks.length - 1;
		int index = home(hash, mask);
		for (byte found = this.marks[index]; found != FREE; found = this.marks[index]) {
			if (found == mark) {
				VarHandle.acquireFence();
				E entry = get(index);
				if (entry != null && entry.hash() == hash && entry.key().equals(key)) {
					return entry;
				}
			}
			index = (index + 1) & mask;
		}
		return null;
	}

	/**
	 * Add an entry whose key is not there.
	 * @param added the entry
	 * @param hash its hash
	 * @return whether its place had never been used
	 */
	boolean add(E added, int hash) {
		int mask = this.marks.length - 1;
		int index = home(hash, mask);
		while (this.marks[index] != FREE && this.marks[index] != GONE) {
			index = (index + 1) & mask;
		}
		boolean fresh = this.marks[index] == FREE;
		set(index, added);
		VarHandle.releaseFence();
		this.marks[index] = mark(hash);
		return fresh;
	}

	/**
	 * Put an entry in the place of another of the same key.
	 * @param present the entry that is there
	 * @param added the entry that will be
	 */
	void replace(E present, E added) {
		set(placeOf(present), added);
	}

	/**
	 * Remove an entry.
	 * @param removed an entry that is there
	 * @return how many places are free again
	 */
	int remove(E removed) {
		int index = placeOf(removed);
		this.marks[index] = GONE;
		set(index, null);
		return free(index);
	}

	/**
	 * Where searches ended behind a place anyway, it can be free again.
	 */
	private int free(int index) {
		int mask = this.marks.length - 1;
		int last = index;
		int freed = 0;
		while (this.marks[(last + 1) & mask] == FREE && this.marks[last] == GONE) {
			this.marks[last] = FREE;
			freed++;
			last = (last - 1) & mask;
		}
		return freed;
	}

	private int placeOf(E entry) {
		int mask = this.marks.length - 1;
		int index = home(entry.hash(), mask);
		while (this.entries[index] != entry) {
			index = (index + 1) & mask;
		}
		return index;
	}

	/**
	 * All entries.
	 * @param expected about how many there are
	 * @return the entries, in no order
	 */
	List<E> all(int expected) {
		List<E> result = new ArrayList<>(expected);
		for (int i = 0; i < this.entries.length; i++) {
			E entry = get(i);
			if (entry != null) {
				result.add(entry);
			}
		}
		return result;
	}

	/**
	 * Where the search for a key begins. Keys that are counted up would stand side by
	 * side otherwise, and those of another series behind them.
	 */
	private static int home(int hash, int mask) {
		return spread(hash) >>> Integer.numberOfLeadingZeros(mask);
	}

	private static int spread(int hash) {
		return hash * 0x9E3779B9;
	}

	/**
	 * Those bits that tell least about the place.
	 */
	private static byte mark(int hash) {
		int spread = spread(hash);
		int mark = (spread ^ (spread >>> 8)) & 0xFF;
		return (byte) ((mark < MARKS) ? mark + MARKS : mark);
	}

	// fences rather than access by handles, which is slow until it is compiled: a million
	// agents are started before that

	@SuppressWarnings("unchecked")
	private @Nullable E get(int index) {
		Directory.Entry found = this.entries[index];
		VarHandle.acquireFence();
		return (E) found;
	}

	private void set(int index, @Nullable E entry) {
		VarHandle.releaseFence();
		this.entries[index] = entry;
	}

}
