package io.switchboard.autoconfigure.faults;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;

import io.switchboard.AgentPath;
import io.switchboard.ai.approval.ApprovalRequest;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.approval.Decision;
import io.switchboard.ai.approval.UnknownApprovalException;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.tree.TreeNode;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Kills, stops and suspends agents, kills what their tools run in, and decides what they
 * ask people, all by chance.
 */
final class Trouble {

	private static final Duration NOW_AND_THEN = Duration.ofMillis(40);

	private final AgentSystem system;

	private final Approvals approvals;

	private final List<AgentPath> sessions;

	private final Stops stops;

	private final long seed;

	private final Tally counts = new Tally();

	Trouble(MixedAgents agents, List<AgentPath> sessions, Stops stops, long seed) {
		this.system = agents.system();
		this.approvals = agents.approvals();
		this.sessions = sessions;
		this.stops = stops;
		this.seed = seed;
	}

	/**
	 * How often it did what.
	 * @return the numbers by kind
	 */
	Tally counts() {
		return this.counts;
	}

	/**
	 * Begin.
	 * @return ends it
	 */
	Disposable make() {
		Random ends = new Random(~this.seed);
		Random suspensions = new Random(this.seed * 13);
		Random decisions = new Random(this.seed * 17);
		return Disposables.composite(
				Flux.interval(NOW_AND_THEN).onBackpressureDrop().concatMap((tick) -> end(ends)).subscribe(),
				Flux.interval(NOW_AND_THEN)
					.onBackpressureDrop()
					.flatMap((tick) -> suspend(suspensions), this.sessions.size())
					.subscribe(),
				Flux.interval(NOW_AND_THEN)
					.onBackpressureDrop()
					.doOnNext((tick) -> this.approvals.waiting().forEach((request) -> decide(request, decisions)))
					.subscribe());
	}

	/**
	 * One after the other, so that what is killed is not being stopped.
	 */
	private Publisher<Void> end(Random random) {
		AgentPath victim = this.sessions.get(random.nextInt(this.sessions.size()));
		int dice = random.nextInt(200);
		if (dice == 0) {
			return kill(MixedAgents.TOOLS, "supervisor of tools killed");
		}
		if (dice < 10) {
			return stop(victim);
		}
		if (dice < 40) {
			return endExpert(random);
		}
		return this.stops.isServing(victim) ? kill(victim, "session killed") : Mono.empty();
	}

	private Mono<Void> kill(AgentPath victim, String kind) {
		return this.system.control(victim).kill().doOnSuccess((done) -> this.counts.count(kind)).onErrorComplete();
	}

	private Mono<Void> stop(AgentPath victim) {
		AgentPath supervisor = Objects.requireNonNull(victim.parent());
		return Mono.defer(() -> {
			this.stops.next(victim);
			return this.system.supervisor(supervisor).terminateChild(victim.name());
		})
			.doOnSuccess((done) -> this.counts.count("session stopped"))
			.onErrorComplete()
			.then(Mono.fromRunnable(() -> this.stops.next(victim)));
	}

	private Mono<Void> endExpert(Random random) {
		List<AgentPath> experts = below(this.system, MixedAgents.EXPERTS);
		if (experts.isEmpty()) {
			return Mono.empty();
		}
		AgentPath expert = experts.get(random.nextInt(experts.size()));
		return random.nextBoolean() ? kill(expert, "expert killed")
				: this.system.supervisor(MixedAgents.EXPERTS)
					.terminateChild(expert.name())
					.doOnSuccess((done) -> this.counts.count("expert stopped"))
					.onErrorComplete();
	}

	private Mono<Void> suspend(Random random) {
		AgentPath victim = this.sessions.get(random.nextInt(this.sessions.size()));
		return (random.nextInt(10) != 0) ? Mono.empty()
				: this.system.control(victim)
					.suspend()
					.doOnSuccess((done) -> this.counts.count("session suspended"))
					.then(Mono.delay(NOW_AND_THEN))
					.onErrorResume((ex) -> Mono.empty())
					.then(this.system.control(victim).resume().onErrorComplete());
	}

	private void decide(ApprovalRequest request, Random random) {
		Decision decision = switch (random.nextInt(4)) {
			case 0 -> new Decision.Reject("Not today");
			case 1 -> new Decision.Edit((request.tool() != null) ? "{\"id\":\"another\"}" : "Try it in another way");
			default -> new Decision.Approve();
		};
		try {
			this.approvals.decide(request.agent(), request.turn(), request.call(), decision);
			this.counts.count(decision.getClass().getSimpleName().toLowerCase(Locale.ROOT));
		}
		catch (UnknownApprovalException ex) {
			// The client has left in the meantime
		}
	}

	/**
	 * What lives below a supervisor.
	 * @param system the system
	 * @param supervisor the supervisor
	 * @return the paths of its children
	 */
	static List<AgentPath> below(AgentSystem system, AgentPath supervisor) {
		return system.tree().walk().map(TreeNode::path).filter((path) -> supervisor.equals(path.parent())).toList();
	}

}
