package com.example.docs.links;

import java.util.HashMap;
import java.util.Map;

import com.example.docs.links.DeskMessage.Gone;
import com.example.docs.links.DeskMessage.Hired;
import com.example.docs.links.DeskMessage.Released;
import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.Monitor;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Shows an agent that watches others.
 */
// tag::desk[]
class Desk implements Behaviour<DeskMessage> {

	private final Map<AgentPath, Monitor> clerks = new HashMap<>();

	@Override
	public Publisher<?> onMessage(DeskMessage message, AgentContext<DeskMessage> context) {
		if (message instanceof Hired hired) {
			this.clerks.put(hired.clerk(), context.monitor(hired.clerk(), (end) -> new Gone(end.path(), end.reason())));
		}
		else if (message instanceof Released released) {
			Monitor monitor = this.clerks.remove(released.clerk());
			if (monitor != null) {
				monitor.cancel();
			}
		}
		else if (message instanceof Gone gone) {
			this.clerks.remove(gone.clerk());
		}
		return Mono.just(this.clerks.size());
	}

}
// end::desk[]
