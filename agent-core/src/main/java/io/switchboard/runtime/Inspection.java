package io.switchboard.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.switchboard.StatefulBehaviour;
import io.switchboard.report.Content;
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

	private final MonoSink<NodeInspection> sink;

	private final AtomicBoolean answered = new AtomicBoolean();

	Inspection(DefaultAgentSystem system, Cell cell, MonoSink<NodeInspection> sink) {
		this.system = system;
		this.cell = cell;
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
			TreeNode node = Objects.requireNonNull(Snapshots.of(this.cell, TreeCut.NONE), "what runs can be seen");
			this.sink.success(new NodeInspection(node, handling(), state, statistics(), trace()));
		}
	}

	private @Nullable Incarnation life() {
		return (this.cell instanceof AgentCell agent) ? agent.current() : null;
	}

	private @Nullable String handling() {
		HandlerRun run = (this.cell instanceof AgentCell agent) ? agent.inHand() : null;
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
