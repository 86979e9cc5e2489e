package io.switchboard.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.switchboard.AgentPath;
import io.switchboard.StatefulBehaviour;
import io.switchboard.report.Content;
import io.switchboard.report.RestartBudget;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.tree.AgentStatistics;
import io.switchboard.tree.NodeInspection;
import io.switchboard.tree.TraceEntry;
import io.switchboard.tree.TreeCut;
import io.switchboard.tree.TreeNode;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.MonoSink;

/**
 * One look at a node. All but the state can be seen while a handler runs; the state is
 * seen between two messages, and an operator who looks at an agent that hangs does not
 * wait for it.
 */
final class Inspection {

	/**
	 * How long an operator waits for an agent to be done with its message.
	 */
	static final Duration PATIENCE = Duration.ofSeconds(1);

	private final DefaultAgentSystem system;

	private final Cell cell;

	private final TreeCut cut;

	private final MonoSink<NodeInspection> sink;

	private final AtomicBoolean answered = new AtomicBoolean();

	Inspection(DefaultAgentSystem system, Cell cell, TreeCut cut, MonoSink<NodeInspection> sink) {
		this.system = system;
		this.cell = cell;
		this.cut = cut;
		this.sink = sink;
	}

	void begin() {
		if (!(this.cell instanceof AgentCell agent)) {
			answer(null);
			return;
		}
		Disposable impatience = this.system.scheduler()
			.schedule(() -> this.system.runElsewhere(() -> answer(null)), Nanos.of(PATIENCE), TimeUnit.NANOSECONDS);
		this.sink.onDispose(impatience);
		agent.intervene(this::look, () -> answer(null));
	}

	private void look(Incarnation life) {
		if (this.answered.get()) {
			return;
		}
		try {
			answer(stateOf(life));
		}
		catch (Exception ex) {
			this.sink.error(ex);
		}
	}

	private @Nullable Content stateOf(Incarnation life) {
		if (!(life.behaviour instanceof StatefulBehaviour<?, ?> stateful)) {
			return null;
		}
		Object state = Objects.requireNonNull(stateful.state(), "'state' must not be null");
		return new Content(state.getClass().getName(), this.system.reporter().sanitizer().state(this.cell.path, state));
	}

	private void answer(@Nullable Content state) {
		if (this.answered.compareAndSet(false, true)) {
			TreeNode node = Objects.requireNonNull(Snapshots.of(this.cell, this.cut), "what runs can be seen");
			HandlerRun run = (this.cell instanceof AgentCell agent) ? agent.inHand() : null;
			this.sink.success(new NodeInspection(node, spec(), budget(), handling(run), handlingFor(run), state,
					statistics(), trace()));
		}
	}

	private @Nullable Incarnation life() {
		return (this.cell instanceof AgentCell agent) ? agent.current() : null;
	}

	private ChildSpec spec() {
		return (this.cell instanceof SupervisorCell supervisor) ? supervisor.spec() : this.cell.child().spec;
	}

	private @Nullable RestartBudget budget() {
		AgentPath parent = this.cell.path.parent();
		return (parent != null && this.system.find(parent) instanceof SupervisorCell supervisor)
				? supervisor.records().budget(this.cell.child()) : null;
	}

	private @Nullable Duration handlingFor(@Nullable HandlerRun run) {
		Incarnation life = life();
		Tally tally = (life != null) ? life.tallied() : null;
		if (run == null || run.envelope() == null || tally == null) {
			return null;
		}
		long since = (run.openSince() != 0) ? run.openSince() : tally.busySince();
		return Duration.ofNanos(Math.max(0, this.system.nanos() - since));
	}

	private static @Nullable String handling(@Nullable HandlerRun run) {
		Envelope inHand = (run != null) ? run.envelope() : null;
		return (inHand != null) ? inHand.messageType().getName() : null;
	}

	private @Nullable AgentStatistics statistics() {
		Incarnation life = life();
		return (life != null) ? life.statistics() : null;
	}

	private List<TraceEntry> trace() {
		Trace trace = (this.cell instanceof AgentCell agent) ? agent.trace() : null;
		return (trace != null) ? trace.entries() : List.of();
	}

}
