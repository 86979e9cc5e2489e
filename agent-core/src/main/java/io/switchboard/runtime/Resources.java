package io.switchboard.runtime;

import java.util.LinkedHashSet;
import java.util.Set;

import reactor.core.Disposable;

/**
 * Several things that end with something else. For one thing see {@link BoundField}.
 */
final class Resources implements Disposable {

	private Set<Disposable> content = new LinkedHashSet<>(4);

	private boolean ended;

	/**
	 * Let something end with this; at once if it has ended already.
	 * @param resource what ends
	 */
	void add(Disposable resource) {
		synchronized (this) {
			if (!this.ended) {
				this.content.add(resource);
				return;
			}
		}
		resource.dispose();
	}

	/**
	 * Do not end something with this any more.
	 * @param resource what had been added
	 */
	void remove(Disposable resource) {
		synchronized (this) {
			this.content.remove(resource);
		}
	}

	int count() {
		synchronized (this) {
			return this.content.size();
		}
	}

	@Override
	public void dispose() {
		takeAll().forEach(Disposable::dispose);
	}

	private Set<Disposable> takeAll() {
		synchronized (this) {
			this.ended = true;
			Set<Disposable> all = this.content;
			this.content = Set.of();
			return all;
		}
	}

}
