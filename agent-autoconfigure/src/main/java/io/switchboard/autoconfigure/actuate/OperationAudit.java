package io.switchboard.autoconfigure.actuate;

import java.util.Map;

import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEvent.Operated;
import io.switchboard.event.AgentEventListener;

import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Tells Boot's audit log what operators have done by hand.
 */
final class OperationAudit implements AgentEventListener {

	static final String TYPE = "AGENT_OPERATED";

	private final ApplicationEventPublisher publisher;

	OperationAudit(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public void onEvent(AgentEvent event) {
		if (event instanceof Operated operated) {
			this.publisher.publishEvent(
					new AuditApplicationEvent(new AuditEvent(operated.at(), operated.operator(), TYPE, Map.of("path",
							operated.path().toString(), "action", operated.action(), "outcome", operated.outcome()))));
		}
	}

}
