package io.switchboard.registry;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Many entries per key, in the order they came. Reading takes no lock; a key without
 * entries is not there.
 *
 * @param <E> the type of the entries
 */
final class KeyedEntries<E extends KeyedEntries.Entry> {

	private final ConcurrentMap<String, ConcurrentNavigableMap<Long, E>> byKey = new ConcurrentHashMap<>();

	private final AtomicLong nextNumber = new AtomicLong();

	/**
	 * A number for a new entry.
	 * @return a number higher than those before
	 */
	long number() {
		return this.nextNumber.getAndIncrement();
	}

	void add(E entry) {
		this.byKey.compute(entry.key(), (key, present) -> {
			ConcurrentNavigableMap<Long, E> entries = (present != null) ? present : new ConcurrentSkipListMap<>();
			entries.put(entry.number(), entry);
			return entries;
		});
	}

	/**
	 * Take an entry away.
	 * @param entry the entry
	 * @return whether it was there
	 */
	boolean remove(E entry) {
		boolean[] removed = new boolean[1];
		this.byKey.computeIfPresent(entry.key(), (key, entries) -> {
			removed[0] = entries.remove(entry.number()) != null;
			return entries.isEmpty() ? null : entries;
		});
		return removed[0];
	}

	/**
	 * The entries of a key.
	 * @param key the key
	 * @return a live view in the order they came
	 */
	Collection<E> of(String key) {
		@Nullable ConcurrentNavigableMap<Long, E> entries = this.byKey.get(key);
		return (entries != null) ? entries.values() : List.of();
	}

	Set<String> keys() {
		return new TreeSet<>(this.byKey.keySet());
	}

	/**
	 * Something that is filed under a key.
	 */
	interface Entry {

		String key();

		/**
		 * Its place in the order, never used twice.
		 * @return the number
		 */
		long number();

	}

}
