package io.switchboard.runtime;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.switchboard.AgentPath;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.ChildCounts;
import io.switchboard.tree.ChildInfo;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

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
	public Mono<StartedChild> startChild(ChildSpec child) {
		Objects.requireNonNull(child, "'child' must not be null");
		return request(ChildRequest.Kind.START, child.id(), child);
	}

	@Override
	public Mono<Void> terminateChild(String id) {
		return request(ChildRequest.Kind.TERMINATE, checked(id), null).then();
	}

	@Override
	public Mono<Void> terminateChild(AgentPath child) {
		Objects.requireNonNull(child, "'child' must not be null");
		if (!this.path.equals(child.parent())) {
			return Mono.error(() -> new ChildOperationException(child, Problem.NOT_FOUND));
		}
		return terminateChild(child.name());
	}

	@Override
	public Mono<StartedChild> restartChild(String id) {
		return request(ChildRequest.Kind.RESTART, checked(id), null);
	}

	@Override
	public Mono<StartedChild> bounceChild(String id) {
		return request(ChildRequest.Kind.BOUNCE, checked(id), null);
	}

	@Override
	public Mono<Void> deleteChild(String id) {
		return request(ChildRequest.Kind.DELETE, checked(id), null).then();
	}

	@Override
	public Mono<List<ChildInfo>> children() {
		return request(ChildRequest.Kind.LIST, "", null);
	}

	@Override
	public Mono<ChildInfo> child(String id) {
		return request(ChildRequest.Kind.LOOK_UP, checked(id), null);
	}

	@Override
	public Mono<ChildCounts> counts() {
		return request(ChildRequest.Kind.COUNT, "", null);
	}

	@Override
	public Mono<ChildSpec> spec(String id) {
		return request(ChildRequest.Kind.SPEC, checked(id), null);
	}

	@Override
	public Mono<Void> reconfigure(SupervisorSpec spec) {
		return reconfigure((ChildSpec) spec);
	}

	@Override
	public Mono<Void> reconfigure(DynamicSupervisorSpec spec) {
		return reconfigure((ChildSpec) spec);
	}

	private Mono<Void> reconfigure(ChildSpec spec) {
		Objects.requireNonNull(spec, "'spec' must not be null");
		if (!this.path.isRoot() && !this.path.name().equals(spec.id())) {
			throw new IllegalArgumentException(
					"Supervisor '%s' cannot become '%s': a live change keeps the id".formatted(this.path, spec.id()));
		}
		return request(ChildRequest.Kind.RECONFIGURE, "", spec).then();
	}

	private static String checked(String id) {
		return AgentPath.checkSegment(Objects.requireNonNull(id, "'id' must not be null"));
	}

	private <T> Mono<T> request(ChildRequest.Kind kind, String id, @Nullable ChildSpec spec) {
		return PendingAnswer.to((asker) -> {
			if (this.system.find(this.path) instanceof SupervisorCell supervisor && !supervisor.isClosed()
					&& supervisor.machine() != null) {
				supervisor.request(new ChildRequest(kind, id, spec, callers(this.path, asker.context()), asker));
			}
			else {
				asker.fail(ChildOperationException.below(this.path, id, Problem.NO_PROCESS, null));
			}
		});
	}

	/**
	 * Find the children of a supervisor that wait for what is asked now: those that ask,
	 * that have somebody below them who asks, and those that wait for such a one.
	 * @param supervisor the supervisor's path
	 * @param context tells within which call somebody asks
	 * @return the children's names
	 */
	static Set<String> callers(AgentPath supervisor, ContextView context) {
		HandlerRun run = HandlerRun.around(context);
		if (run == null) {
			return Set.of();
		}
		Set<String> callers = new HashSet<>();
		for (; run != null && !run.isOver(); run = run.asker()) {
			for (AgentPath node = run.path(); node.parent() != null; node = node.parent()) {
				if (supervisor.equals(node.parent())) {
					callers.add(node.name());
				}
			}
		}
		return callers;
	}

	@Override
	public String toString() {
		return "SupervisorRef[" + this.path + "]";
	}

}
