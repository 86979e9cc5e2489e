package io.switchboard.registry;

import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.switchboard.AgentPath;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Owners that live and die as a test wants it.
 */
final class TestResidents implements Residents {

	final Queue<AgentEvent> events = new ConcurrentLinkedQueue<>();

	private final Scheduler scheduler;

	final AgentRegistry registry = AgentRegistry.over(this);

	volatile Consumer<AgentEvent> onEvent = (event) -> {
	};

	private final ConcurrentMap<Owner, TestResidence> living = new ConcurrentHashMap<>();

	private final TestResidence system = new TestResidence(Owner.at(AgentPath.ROOT));

	/**
	 * All work runs on the thread that causes it.
	 */
	TestResidents() {
		this(VirtualTimeScheduler.create());
	}

	TestResidents(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * Begin the life of an agent.
	 * @param path its path
	 * @param incarnation its number
	 * @return the owner
	 */
	Owner life(String path, long incarnation) {
		Owner owner = new Owner(AgentPath.of(path), incarnation);
		this.living.put(owner, new TestResidence(owner));
		return owner;
	}

	/**
	 * Let a path have agents, whatever becomes of each.
	 * @param path the path
	 * @return the owner
	 */
	Owner place(String path) {
		return life(path, 0);
	}

	/**
	 * End an owner and clean up.
	 * @param owner the owner
	 */
	void end(Owner owner) {
		TestResidence residence = die(owner);
		this.living.remove(owner);
		residence.bound.dispose();
	}

	/**
	 * End an owner, but leave the cleaning for later.
	 * @param owner the owner
	 * @return where it was
	 */
	TestResidence die(Owner owner) {
		TestResidence residence = at(owner);
		residence.over = true;
		return residence;
	}

	int boundToSystem() {
		return this.system.bound.size();
	}

	void endSystem() {
		this.system.over = true;
		this.system.bound.dispose();
	}

	TestResidence at(Owner owner) {
		TestResidence residence = this.living.get(owner);
		if (residence == null) {
			throw new IllegalArgumentException("Nobody lives at " + owner);
		}
		return residence;
	}

	List<String> eventLines() {
		return this.events.stream().map((event) -> {
			if (event instanceof AgentEvent.NameRegistered registered) {
				return "registered %s for %s".formatted(registered.name(), registered.path());
			}
			if (event instanceof AgentEvent.NameReleased released) {
				return "released %s of %s".formatted(released.name(), released.path());
			}
			return event.getClass().getSimpleName();
		}).toList();
	}

	@Override
	public @Nullable Residence find(Owner owner) {
		TestResidence residence = this.living.get(owner);
		return (residence != null && !residence.over) ? residence : null;
	}

	@Override
	public Lifetime system() {
		return this.system;
	}

	@Override
	public Scheduler scheduler() {
		return this.scheduler;
	}

	@Override
	public void runElsewhere(Runnable code) {
		this.scheduler.schedule(code);
	}

	@Override
	public Instant now() {
		return Instant.EPOCH;
	}

	@Override
	public void emit(AgentEvent event) {
		this.events.add(event);
		this.onEvent.accept(event);
	}

	/**
	 * Where an owner is.
	 */
	static final class TestResidence implements Residence {

		final List<Object> inbox = new CopyOnWriteArrayList<>();

		final Disposable.Composite bound = Disposables.composite();

		private final Owner owner;

		volatile boolean over;

		TestResidence(Owner owner) {
			this.owner = owner;
		}

		@Override
		public Owner owner() {
			return this.owner;
		}

		@Override
		public boolean isOver() {
			return this.over;
		}

		@Override
		public void bind(Disposable resource) {
			this.bound.add(resource);
		}

		@Override
		public void unbind(Disposable resource) {
			this.bound.remove(resource);
		}

		@Override
		public SendResult tell(Object message) {
			this.inbox.add(message);
			return SendResult.ACCEPTED;
		}

	}

}
