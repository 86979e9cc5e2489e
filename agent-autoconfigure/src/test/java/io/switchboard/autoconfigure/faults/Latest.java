package io.switchboard.autoconfigure.faults;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The newest entries of what would grow for as long as the test runs.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
final class Latest<K, V> {

	private final Map<K, V> entries = new LinkedHashMap<>();

	private final int most;

	/**
	 * Know nothing yet.
	 * @param most how many entries to know at most
	 */
	Latest(int most) {
		this.most = most;
	}

	synchronized @Nullable V get(K key) {
		return this.entries.get(key);
	}

	synchronized void put(K key, V value) {
		this.entries.put(key, value);
		dropEldest();
	}

	synchronized @Nullable V putIfAbsent(K key, V value) {
		V before = this.entries.putIfAbsent(key, value);
		dropEldest();
		return before;
	}

	private void dropEldest() {
		if (this.entries.size() > this.most) {
			this.entries.remove(this.entries.keySet().iterator().next());
		}
	}

}
