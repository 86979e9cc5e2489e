package io.switchboard.runtime;

import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.switchboard.AgentPath;
import io.switchboard.StatefulBehaviour;
import io.switchboard.event.AgentEvent.Operated;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.tree.NodeInspection;
import io.switchboard.tree.TraceEntry;
import io.switchboard.tree.TreeCut;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Sends control signals to the cell that is at a path at that moment.
 */
final class DefaultNodeControl implements NodeControl {

	private final DefaultAgentSystem system;

	private final AgentPath path;

	DefaultNodeControl(DefaultAgentSystem system, AgentPath path) {
		this.system = system;
		this.path = path;
	}

	@Override
	public AgentPath path() {
		return this.path;
	}

	@Override
	public Mono<Void> suspend() {
		return onCell((cell, sink) -> cell.suspend(sink::success, () -> sink.error(notRunning())));
	}

	@Override
	public Mono<Void> resume() {
		return onCell((cell, sink) -> cell.resume(sink::success));
	}

	@Override
	public Mono<Void> drain() {
		return PendingAnswer.to((asker) -> {
			Cell cell = this.system.find(this.path);
			if (cell == null || cell.isClosed()) {
				asker.fail(notRunning());
			}
			else if (cell instanceof AgentCell agent) {
				agent.drain(asker);
			}
			else {
				asker.fail(takesNoMessages());
			}
		});
	}

	@Override
	public Mono<Void> report(String action, @Nullable String operator, String outcome) {
		Objects.requireNonNull(action, "'action' must not be null");
		Objects.requireNonNull(outcome, "'outcome' must not be null");
		return Mono.create((sink) -> this.system.runElsewhere(() -> {
			this.system.emit(new Operated(this.path, action, operator, outcome, this.system.now()));
			sink.success();
		}));
	}

	@Override
	public Mono<Void> kill() {
		return onCell((cell, sink) -> {
			cell.kill(cell.child().incarnation);
			sink.success();
		});
	}

	@Override
	public Mono<Object> state() {
		return onCell((cell, sink) -> betweenMessages(cell, sink, (life) -> {
			if (life.behaviour instanceof StatefulBehaviour<?, ?> stateful) {
				sink.success(stateful.state());
			}
			else {
				sink.success();
			}
		}));
	}

	@Override
	public Mono<Object> replaceState(UnaryOperator<Object> change) {
		Objects.requireNonNull(change, "'change' must not be null");
		return onCell((cell, sink) -> betweenMessages(cell, sink, (life) -> sink.success(replace(life, change))));
	}

	@Override
	public Mono<NodeInspection> inspect(TreeCut cut) {
		Objects.requireNonNull(cut, "'cut' must not be null");
		return Mono.create((sink) -> {
			Cell cell = this.system.find(this.path);
			if (cell == null) {
				sink.error(notRunning());
			}
			else {
				new Inspection(this.system, cell, cut, sink).begin();
			}
		});
	}

	@Override
	public Mono<Void> trace(int capacity) {
		if (capacity < 1 || capacity > Trace.MAX_CAPACITY) {
			throw new IllegalArgumentException(
					"A trace cannot have %d entries: from 1 to %d is possible".formatted(capacity, Trace.MAX_CAPACITY));
		}
		return onAgent((agent, sink) -> {
			agent.trace(new Trace(this.system, capacity));
			sink.success();
		});
	}

	@Override
	public Mono<Void> stopTrace() {
		return onAgent((agent, sink) -> {
			agent.trace(null);
			sink.success();
		});
	}

	@Override
	public Mono<List<TraceEntry>> traced() {
		return onAgent((agent, sink) -> {
			Trace trace = agent.trace();
			sink.success((trace != null) ? trace.entries() : List.of());
		});
	}

	private <T> Mono<T> onAgent(BiConsumer<AgentCell, MonoSink<T>> action) {
		return onCell((cell, sink) -> {
			if (cell instanceof AgentCell agent) {
				action.accept(agent, sink);
			}
			else {
				sink.error(takesNoMessages());
			}
		});
	}

	@SuppressWarnings("unchecked")
	private Object replace(Incarnation life, UnaryOperator<Object> change) {
		if (!(life.behaviour instanceof StatefulBehaviour<?, ?> stateful)) {
			throw new IllegalStateException(
					"The behaviour of agent '%s' does not show its state; implement StatefulBehaviour"
						.formatted(this.path));
		}
		Object state = change.apply(stateful.state());
		((StatefulBehaviour<Object, Object>) stateful).replaceState(state);
		return state;
	}

	private void betweenMessages(Cell cell, MonoSink<Object> sink, Consumer<Incarnation> action) {
		if (!(cell instanceof AgentCell agent)) {
			sink.error(
					new IllegalStateException("'%s' is a supervisor and has no state to look at".formatted(this.path)));
			return;
		}
		agent.intervene((life) -> {
			try {
				action.accept(life);
			}
			catch (Exception ex) {
				sink.error(ex);
			}
		}, () -> sink.error(notRunning()));
	}

	private <T> Mono<T> onCell(BiConsumer<Cell, MonoSink<T>> action) {
		return Mono.create((sink) -> {
			Cell cell = this.system.find(this.path);
			if (cell == null || cell.isClosed()) {
				sink.error(notRunning());
			}
			else {
				action.accept(cell, sink);
			}
		});
	}

	private IllegalStateException takesNoMessages() {
		return new IllegalStateException(
				"'%s' is a supervisor and takes no messages; the agents below do".formatted(this.path));
	}

	private ChildOperationException notRunning() {
		return new ChildOperationException(this.path, Problem.NOT_RUNNING);
	}

	@Override
	public String toString() {
		return "NodeControl[" + this.path + "]";
	}

}
