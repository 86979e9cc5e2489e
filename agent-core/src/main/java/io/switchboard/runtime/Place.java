package io.switchboard.runtime;

import io.switchboard.SendResult;
import io.switchboard.registry.Residence;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * What belongs to all lives of an agent: it stays while it is restarted, and ends when it
 * is stopped for good. Made only for agents that have something.
 */
final class Place implements Residence {

	private final AgentCell cell;

	private final Disposable.Composite bound = Disposables.composite();

	Place(AgentCell cell) {
		this.cell = cell;
	}

	void end() {
		this.bound.dispose();
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
	public SendResult tell(Object message) {
		return this.cell.tell(message);
	}

}
