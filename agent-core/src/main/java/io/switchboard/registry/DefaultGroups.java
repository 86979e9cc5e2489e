package io.switchboard.registry;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * The groups of one scope. Changes take a lock, so that a monitor sees each of them
 * either in its first list or as a change; reading takes none.
 */
final class DefaultGroups implements Groups {

	private static final Overflow BEHIND = Overflow.fail(1000);

	private final Object lock = new Object();

	private final Residents residents;

	private final KeyedEntries<Membership> memberships = new KeyedEntries<>();

	private final KeyedEntries<GroupWatch> watches = new KeyedEntries<>();

	private final Outbox outbox = new Outbox();

	DefaultGroups(Residents residents) {
		this.residents = residents;
	}

	@Override
	public boolean join(String group, Owner member) {
		checkGroup(group);
		Objects.requireNonNull(member, "'member' must not be null");
		Residence residence = this.residents.find(member);
		if (residence == null) {
			return false;
		}
		Membership membership = new Membership(this, group, this.memberships.number(), member, residence);
		synchronized (this.lock) {
			this.memberships.add(membership);
			announce(new GroupEvent.Joined(group, member));
		}
		residence.bind(membership);
		this.outbox.send();
		return !residence.isOver();
	}

	@Override
	public boolean leave(String group, Owner member) {
		checkGroup(group);
		Objects.requireNonNull(member, "'member' must not be null");
		for (Membership membership : this.memberships.of(group)) {
			if (member.actsFor(membership.member()) && leave(membership)) {
				membership.residence().unbind(membership);
				return true;
			}
		}
		return false;
	}

	/**
	 * End a membership, if it has not ended yet.
	 * @param membership the membership
	 * @return whether it had not
	 */
	boolean leave(Membership membership) {
		boolean left;
		synchronized (this.lock) {
			left = this.memberships.remove(membership);
			if (left) {
				announce(new GroupEvent.Left(membership.key(), membership.member()));
			}
		}
		this.outbox.send();
		return left;
	}

	private void announce(GroupEvent event) {
		for (GroupWatch watch : this.watches.of(event.group())) {
			this.outbox.add(() -> watch.tell(event));
		}
	}

	@Override
	public List<Owner> members(String group) {
		checkGroup(group);
		return this.memberships.of(group)
			.stream()
			.filter((membership) -> !membership.residence().isOver())
			.map(Membership::member)
			.toList();
	}

	@Override
	public Set<String> all() {
		return this.memberships.keys();
	}

	@Override
	public Flux<GroupEvent> monitor(String group) {
		checkGroup(group);
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super GroupEvent> subscriber) {
				Receiver<GroupEvent> receiver = new Receiver<>(subscriber, "group '%s'".formatted(group), BEHIND,
						DefaultGroups.this.residents, (event) -> {
						});
				GroupWatch watch = new GroupWatch(DefaultGroups.this.watches, group, null, null, receiver::offer);
				receiver.begin(() -> begin(watch), watch::dispose);
			}

		};
	}

	@Override
	public boolean monitor(String group, Owner watcher) {
		checkGroup(group);
		Objects.requireNonNull(watcher, "'watcher' must not be null");
		Residence residence = this.residents.find(watcher);
		if (residence == null) {
			return false;
		}
		GroupWatch watch = new GroupWatch(this.watches, group, watcher, residence, residence::tell);
		begin(watch);
		residence.bind(watch);
		return !residence.isOver();
	}

	private void begin(GroupWatch watch) {
		synchronized (this.lock) {
			this.watches.add(watch);
			List<Owner> members = this.memberships.of(watch.key()).stream().map(Membership::member).toList();
			this.outbox.add(() -> watch.tell(new GroupEvent.Members(watch.key(), members)));
		}
		this.outbox.send();
	}

	@Override
	public void demonitor(String group, Owner watcher) {
		checkGroup(group);
		Objects.requireNonNull(watcher, "'watcher' must not be null");
		for (GroupWatch watch : this.watches.of(group)) {
			Owner other = watch.watcher();
			if (other != null && watcher.actsFor(other)) {
				watch.end();
			}
		}
	}

	private static void checkGroup(String group) {
		Objects.requireNonNull(group, "'group' must not be null");
	}

}
