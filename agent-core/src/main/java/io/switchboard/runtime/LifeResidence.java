package io.switchboard.runtime;

import io.switchboard.SendResult;
import io.switchboard.registry.Owner;
import io.switchboard.registry.Residence;
import reactor.core.Disposable;

/**
 * One life of an agent as the registry sees it.
 *
 * @param cell the agent
 * @param life the life
 */
record LifeResidence(AgentCell cell, Incarnation life) implements Residence {

	@Override
	public Owner owner() {
		return new Owner(this.cell.path, this.life.incarnation());
	}

	@Override
	public boolean isOver() {
		return this.life.isOver() || this.cell.isKilled(this.life);
	}

	@Override
	public void bind(Disposable resource) {
		this.life.endWith(resource);
	}

	@Override
	public void unbind(Disposable resource) {
		this.life.release(resource);
	}

	@Override
	public SendResult tell(Object message) {
		return this.cell.tell(message);
	}

}
