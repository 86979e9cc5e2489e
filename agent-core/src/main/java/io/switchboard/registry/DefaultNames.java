package io.switchboard.registry;

import java.util.List;
import java.util.Objects;
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
 * Names in directories: those decide who comes first, the runtime who has ended.
 */
final class DefaultNames implements Names {

	/**
	 * A power of two.
	 */
	private static final int PARTS = 16;

	private final Residents residents;

	private final KeyLocks locks;

	/**
	 * By hash, so that those who register at the same time are seldom in each other's
	 * way.
	 */
	private final List<Directory<NameEntry>> parts = Stream.generate(Directory<NameEntry>::new).limit(PARTS).toList();

	private final Outbox outbox = new Outbox();

	DefaultNames(Residents residents) {
		this.residents = residents;
		this.locks = new KeyLocks(residents);
	}

	@Override
	public Registration register(Object key, Owner owner, @Nullable Object value) {
		Objects.requireNonNull(key, "'key' must not be null");
		Objects.requireNonNull(owner, "'owner' must not be null");
		Residence residence = this.residents.find(owner);
		if (residence == null) {
			return new OwnerGone(key, owner);
		}
		NameEntry entry = new NameEntry(this, key, residence, value);
		NameEntry holder = part(entry.hash()).addUnless(entry, NameEntry::isHeld,
				this.residents.isHeard() ? (dead) -> taken(entry, dead) : (dead) -> {
				});
		Name held = holder.name();
		if (holder == entry) {
			// the owner may have ended meanwhile, then this takes the name away again
			residence.bind(entry);
		}
		this.outbox.send();
		if (holder != entry) {
			return new AlreadyRegistered(held);
		}
		return residence.isOver() ? new OwnerGone(key, owner) : new Registered(held);
	}

	private Directory<NameEntry> part(int hash) {
		return this.parts.get((hash ^ (hash >>> 16)) & (PARTS - 1));
	}

	private void taken(NameEntry entry, @Nullable NameEntry dead) {
		if (dead != null) {
			released(dead);
		}
		this.outbox.add(
				() -> this.residents.emit(new NameRegistered(entry.owner().path(), entry.key(), this.residents.now())));
	}

	private void released(NameEntry entry) {
		if (this.residents.isHeard()) {
			this.outbox.add(() -> this.residents
				.emit(new NameReleased(entry.owner().path(), entry.key(), this.residents.now())));
		}
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
		boolean removed = part(entry.hash()).remove(entry, () -> released(entry));
		this.outbox.send();
		return removed;
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
		return this.parts.stream()
			.flatMap((part) -> part.all().stream())
			.filter((entry) -> !entry.isOver())
			.map(NameEntry::name);
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
		Objects.requireNonNull(key, "'key' must not be null");
		NameEntry entry = part(key.hashCode()).find(key);
		return (entry != null && !entry.isOver()) ? entry : null;
	}

	private @Nullable NameEntry ownEntry(Object key, Owner owner) {
		Objects.requireNonNull(owner, "'owner' must not be null");
		NameEntry entry = entry(key);
		boolean own = entry != null && owner.actsFor(entry.owner()) && this.residents.find(owner) != null;
		return own ? entry : null;
	}

}
