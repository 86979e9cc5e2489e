package io.switchboard.runtime;

import io.switchboard.SendResult;
import io.switchboard.registry.Residence;
import reactor.core.Disposable;

/**
 * What belongs to all lives of an agent: it stays while it is restarted, and ends when it
 * is stopped for good. Made only for agents that have something.
 */
final class Place extends Resources implements Residence {

	private final AgentCell cell;

	Place(AgentCell cell) {
		this.cell = cell;
	}

	@Override
	public boolean isOver() {
		return isDisposed();
	}

	@Override
	public void bind(Disposable resource) {
		add(resource);
	}

	@Override
	public void unbind(Disposable resource) {
		remove(resource);
	}

	@Override
	public SendResult tell(Object message) {
		return this.cell.tell(message);
	}

}
