package io.switchboard.runtime;

import java.time.Instant;

import io.switchboard.event.AgentEvent;
import io.switchboard.registry.Lifetime;
import io.switchboard.registry.Owner;
import io.switchboard.registry.Residence;
import io.switchboard.registry.Residents;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Tells the registry who lives where.
 */
final class SystemResidents implements Residents, Lifetime {

	private final DefaultAgentSystem system;

	private final Disposable.Composite bound = Disposables.composite();

	SystemResidents(DefaultAgentSystem system) {
		this.system = system;
	}

	/**
	 * The system has ended.
	 */
	void end() {
		this.bound.dispose();
	}

	@Override
	public @Nullable Residence find(Owner owner) {
		if (!(this.system.find(owner.path()) instanceof AgentCell cell)) {
			return null;
		}
		if (owner.isLasting()) {
			return cell.place();
		}
		Incarnation life = cell.current();
		if (life == null || life.incarnation() != owner.incarnation()) {
			return null;
		}
		Residence residence = new LifeResidence(cell, life);
		return residence.isOver() ? null : residence;
	}

	@Override
	public Lifetime system() {
		return this;
	}

	@Override
	public boolean isOver() {
		return this.bound.isDisposed();
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
	public Scheduler scheduler() {
		return this.system.scheduler();
	}

	@Override
	public void runElsewhere(Runnable code) {
		this.system.runElsewhere(code);
	}

	@Override
	public Instant now() {
		return this.system.now();
	}

	@Override
	public boolean isHeard() {
		return this.system.isHeard();
	}

	@Override
	public void emit(AgentEvent event) {
		this.system.emit(event);
	}

}
