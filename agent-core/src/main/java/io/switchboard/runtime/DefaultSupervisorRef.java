package io.switchboard.runtime;

import java.util.Objects;

import io.switchboard.AgentPath;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.supervision.ChildSpec;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Sends requests into the mailbox of the supervisor that is at a path at that moment.
 */
final class DefaultSupervisorRef implements SupervisorRef {

	private final DefaultAgentSystem system;

	private final AgentPath path;

	DefaultSupervisorRef(DefaultAgentSystem system, AgentPath path) {
		this.system = system;
		this.path = path;
	}

	@Override
	public AgentPath path() {
		return this.path;
	}

	@Override
	public Mono<AgentPath> startChild(ChildSpec child) {
		Objects.requireNonNull(child, "'child' must not be null");
		return request(ChildRequest.Kind.START, child.id(), child);
	}

	@Override
	public Mono<Void> terminateChild(String id) {
		return request(ChildRequest.Kind.TERMINATE, id, null).then();
	}

	@Override
	public Mono<Void> restartChild(String id) {
		return request(ChildRequest.Kind.RESTART, id, null).then();
	}

	@Override
	public Mono<Void> deleteChild(String id) {
		return request(ChildRequest.Kind.DELETE, id, null).then();
	}

	private Mono<AgentPath> request(ChildRequest.Kind kind, String id, @Nullable ChildSpec spec) {
		AgentPath child = this.path.child(Objects.requireNonNull(id, "'id' must not be null"));
		return Mono.create((sink) -> {
			if (this.system.find(this.path) instanceof SupervisorCell supervisor && !supervisor.isClosed()
					&& supervisor.machine() != null) {
				supervisor.request(new ChildRequest(kind, id, spec, sink));
			}
			else {
				sink.error(new ChildOperationException(child, Problem.NO_PROCESS));
			}
		});
	}

	@Override
	public String toString() {
		return "SupervisorRef[" + this.path + "]";
	}

}
