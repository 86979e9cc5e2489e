package io.switchboard.registry;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * One registration of a name, from beginning to end. There may be a million, so it holds
 * only what cannot be found out.
 */
final class NameEntry implements Directory.Entry, Disposable {

	private static final AtomicReferenceFieldUpdater<NameEntry, @Nullable Object> VALUE = AtomicReferenceFieldUpdater
		.newUpdater(NameEntry.class, Object.class, "value");

	private final DefaultNames names;

	private final Object key;

	private final int hash;

	private final Residence residence;

	private volatile @Nullable Object value;

	NameEntry(DefaultNames names, Object key, Residence residence, @Nullable Object value) {
		this.names = names;
		this.key = key;
		this.hash = key.hashCode();
		this.residence = residence;
		this.value = value;
	}

	@Override
	public Object key() {
		return this.key;
	}

	@Override
	public int hash() {
		return this.hash;
	}

	Owner owner() {
		return this.residence.owner();
	}

	Name name() {
		return new Name(this.key, owner(), this.value);
	}

	Residence residence() {
		return this.residence;
	}

	boolean isOver() {
		return this.residence.isOver();
	}

	boolean isHeld() {
		return !isOver();
	}

	ValueChange update(UnaryOperator<@Nullable Object> update) {
		while (true) {
			Object before = this.value;
			Object after = update.apply(before);
			if (VALUE.compareAndSet(this, before, after)) {
				return new ValueChange(before, after);
			}
		}
	}

	/**
	 * The owner has ended.
	 */
	@Override
	public void dispose() {
		this.names.remove(this);
	}

}
