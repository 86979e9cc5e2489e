package io.switchboard.registry;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.switchboard.event.AgentEvent.NameRegistered;
import io.switchboard.event.AgentEvent.NameReleased;
import io.switchboard.registry.Registration.AlreadyRegistered;
import io.switchboard.registry.Registration.OwnerGone;
import io.switchboard.registry.Registration.Registered;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Names in a concurrent map: the map decides who comes first, the runtime who has ended.
 */
final class DefaultNames implements Names {

	private final Residents residents;

	private final KeyLocks locks;

	private final ConcurrentMap<Object, NameEntry> entries = new ConcurrentHashMap<>();

	private final Outbox outbox = new Outbox();

	DefaultNames(Residents residents) {
		this.residents = residents;
		this.locks = new KeyLocks(residents);
	}

	@Override
	public Registration register(Object key, Owner owner, @Nullable Object value) {
		Name name = new Name(key, owner, value);
		Residence residence = this.residents.find(owner);
		if (residence == null) {
			return new OwnerGone(key, owner);
		}
		NameEntry entry = new NameEntry(this, name, residence);
		NameEntry holder = Objects.requireNonNull(
				this.entries.compute(key,
						(same, other) -> (other == null || other.isOver()) ? take(entry, other) : other),
				"there is a holder now");
		Name held = holder.name();
		if (holder == entry) {
			// the owner may have ended meanwhile, then this takes the name away again
			residence.bind(entry);
		}
		this.outbox.send();
		if (holder != entry) {
			return new AlreadyRegistered(held);
		}
		return residence.isOver() ? new OwnerGone(key, owner) : new Registered(name);
	}

	private NameEntry take(NameEntry entry, @Nullable NameEntry dead) {
		if (dead != null) {
			released(dead);
		}
		Name name = entry.name();
		this.outbox
			.add(() -> this.residents.emit(new NameRegistered(name.owner().path(), name.key(), this.residents.now())));
		return entry;
	}

	private void released(NameEntry entry) {
		Name name = entry.name();
		this.outbox
			.add(() -> this.residents.emit(new NameReleased(name.owner().path(), name.key(), this.residents.now())));
	}

	@Override
	public @Nullable Name whereIs(Object key) {
		NameEntry entry = entry(key);
		return (entry != null) ? entry.name() : null;
	}

	@Override
	public boolean unregister(Object key, Owner owner) {
		NameEntry entry = ownEntry(key, owner);
		if (entry == null) {
			return false;
		}
		entry.residence().unbind(entry);
		return remove(entry);
	}

	/**
	 * Take a registration away, if it is still there.
	 * @param entry the registration
	 * @return whether it was there
	 */
	boolean remove(NameEntry entry) {
		boolean[] removed = new boolean[1];
		this.entries.computeIfPresent(entry.name().key(), (key, present) -> {
			if (present != entry) {
				return present;
			}
			released(entry);
			removed[0] = true;
			return null;
		});
		this.outbox.send();
		return removed[0];
	}

	@Override
	public @Nullable ValueChange update(Object key, Owner owner, UnaryOperator<@Nullable Object> update) {
		Objects.requireNonNull(update, "'update' must not be null");
		NameEntry entry = ownEntry(key, owner);
		return (entry != null) ? entry.update(update) : null;
	}

	@Override
	public List<Name> of(Owner owner) {
		Objects.requireNonNull(owner, "'owner' must not be null");
		return names().filter((name) -> name.owner().equals(owner)).toList();
	}

	@Override
	public List<Name> all() {
		return names().toList();
	}

	private Stream<Name> names() {
		return this.entries.values().stream().filter((entry) -> !entry.isOver()).map(NameEntry::name);
	}

	@Override
	public <T> Mono<T> withLock(Object key, Mono<T> work) {
		return this.locks.withLock(key, null, work);
	}

	@Override
	public <T> Mono<T> withLock(Object key, Owner owner, Mono<T> work) {
		return this.locks.withLock(key, Objects.requireNonNull(owner, "'owner' must not be null"), work);
	}

	private @Nullable NameEntry entry(Object key) {
		NameEntry entry = this.entries.get(Objects.requireNonNull(key, "'key' must not be null"));
		return (entry != null && !entry.isOver()) ? entry : null;
	}

	private @Nullable NameEntry ownEntry(Object key, Owner owner) {
		Objects.requireNonNull(owner, "'owner' must not be null");
		NameEntry entry = entry(key);
		boolean own = entry != null && owner.actsFor(entry.name().owner()) && this.residents.find(owner) != null;
		return own ? entry : null;
	}

}
