package io.switchboard.runtime;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * What ends with something else. There may be a million of these with one thing in them
 * or nothing, so neither costs a collection.
 */
class Resources implements Disposable {

	/**
	 * The one resource, or a set of them.
	 */
	private @Nullable Object content;

	private volatile boolean ended;

	/**
	 * Let something end with this; at once if it has ended already.
	 * @param resource what ends, not a set
	 */
	@SuppressWarnings("unchecked")
	final void add(Disposable resource) {
		synchronized (this) {
			if (!this.ended) {
				if (this.content == null) {
					this.content = resource;
				}
				else if (this.content instanceof Set<?> several) {
					((Set<Disposable>) several).add(resource);
				}
				else {
					Set<Disposable> both = new LinkedHashSet<>(4);
					both.add((Disposable) this.content);
					both.add(resource);
					this.content = both;
				}
				return;
			}
		}
		resource.dispose();
	}

	/**
	 * Do not end something with this any more.
	 * @param resource what had been added
	 */
	final void remove(Disposable resource) {
		synchronized (this) {
			if (this.content == resource) {
				this.content = null;
			}
			else if (this.content instanceof Set<?> several) {
				several.remove(resource);
				this.content = several.isEmpty() ? null : several;
			}
		}
	}

	final int count() {
		synchronized (this) {
			if (this.content instanceof Set<?> several) {
				return several.size();
			}
			return (this.content != null) ? 1 : 0;
		}
	}

	@Override
	public final void dispose() {
		takeAll().forEach(Disposable::dispose);
	}

	@SuppressWarnings("unchecked")
	private Iterable<Disposable> takeAll() {
		synchronized (this) {
			this.ended = true;
			Object all = this.content;
			this.content = null;
			if (all == null) {
				return List.of();
			}
			return (all instanceof Set<?> several) ? (Set<Disposable>) several : List.of((Disposable) all);
		}
	}

	@Override
	public final boolean isDisposed() {
		return this.ended;
	}

}
