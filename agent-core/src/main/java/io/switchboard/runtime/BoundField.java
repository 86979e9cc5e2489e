package io.switchboard.runtime;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * A field in which something holds what ends with it. There may be a million of these
 * with one thing in them or nothing, so neither costs an object.
 *
 * @param <T> what has the field
 */
final class BoundField<T> {

	private static final Disposable ENDED = () -> {
	};

	/**
	 * Holds nothing, the one resource, {@link Resources} with several, or the mark of the
	 * end.
	 */
	private final AtomicReferenceFieldUpdater<T, @Nullable Disposable> field;

	BoundField(AtomicReferenceFieldUpdater<T, @Nullable Disposable> field) {
		this.field = field;
	}

	/**
	 * Let something end with the owner; at once if that has ended already.
	 * @param owner has the field
	 * @param resource what ends
	 */
	void add(T owner, Disposable resource) {
		while (true) {
			Disposable before = this.field.get(owner);
			if (before == ENDED) {
				resource.dispose();
				return;
			}
			if (before instanceof Resources several) {
				several.add(resource);
				return;
			}
			if (before == resource
					|| this.field.compareAndSet(owner, before, (before != null) ? both(before, resource) : resource)) {
				return;
			}
		}
	}

	private static Resources both(Disposable one, Disposable other) {
		Resources several = new Resources();
		several.add(one);
		several.add(other);
		return several;
	}

	/**
	 * Do not end something with the owner any more.
	 * @param owner has the field
	 * @param resource what had been added
	 */
	void remove(T owner, Disposable resource) {
		Disposable before = this.field.get(owner);
		if (before == resource && this.field.compareAndSet(owner, before, null)) {
			return;
		}
		if (this.field.get(owner) instanceof Resources several) {
			several.remove(resource);
		}
	}

	int count(T owner) {
		Disposable known = this.field.get(owner);
		if (known instanceof Resources several) {
			return several.count();
		}
		return (known != null && known != ENDED) ? 1 : 0;
	}

	/**
	 * End all that was added, and from now on at once what is.
	 * @param owner has the field
	 */
	void end(T owner) {
		Disposable ending = this.field.getAndSet(owner, ENDED);
		if (ending != null) {
			ending.dispose();
		}
	}

	boolean isEnded(T owner) {
		return this.field.get(owner) == ENDED;
	}

	/**
	 * Begin anew after the end.
	 * @param owner has the field
	 * @return whether there was an end
	 */
	boolean begin(T owner) {
		return this.field.compareAndSet(owner, ENDED, null);
	}

}
