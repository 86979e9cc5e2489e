package io.switchboard.registry;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * One registration of a name, from beginning to end.
 */
final class NameEntry implements Disposable {

	private final DefaultNames names;

	private final Residence residence;

	private final AtomicReference<Name> name;

	NameEntry(DefaultNames names, Name name, Residence residence) {
		this.names = names;
		this.residence = residence;
		this.name = new AtomicReference<>(name);
	}

	Name name() {
		return this.name.get();
	}

	Residence residence() {
		return this.residence;
	}

	boolean isOver() {
		return this.residence.isOver();
	}

	ValueChange update(UnaryOperator<@Nullable Object> update) {
		while (true) {
			Name before = this.name.get();
			Name after = before.withValue(update.apply(before.value()));
			if (this.name.compareAndSet(before, after)) {
				return new ValueChange(before.value(), after.value());
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
