package io.switchboard.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;

import io.switchboard.ExitReason;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.Restart;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Plays the executor and the children of a supervisor's rules, at once and in order, and
 * writes down what happens. Starts succeed and stops work unless a test says otherwise.
 */
final class Rules {

	final SupervisorMachine machine;

	final List<String> log = new ArrayList<>();

	private final Deque<SupervisorInput> mailbox = new ArrayDeque<>();

	private final Map<String, Deque<String>> starts = new HashMap<>();

	private final Map<String, Integer> startCounts = new HashMap<>();

	private final List<String> held = new ArrayList<>();

	private final List<Timer> timers = new ArrayList<>();

	private BiFunction<String, Integer, String> gate = (id, n) -> "ok";

	private long now;

	private boolean running;

	Rules(SupervisorMachine machine) {
		this.machine = machine;
	}

	static AgentSpec<String> child(String id, Restart restart) {
		return AgentSpec.builder(id, String.class, () -> (message, context) -> Mono.empty()).restart(restart).build();
	}

	/**
	 * Say how the next starts of a child end.
	 * @param id the child
	 * @param outcomes {@code ok}, {@code fail}, {@code ignore}, {@code hang} or
	 * {@code ask} each
	 * @return this
	 */
	Rules starts(String id, String... outcomes) {
		this.starts.computeIfAbsent(id, (key) -> new ArrayDeque<>()).addAll(List.of(outcomes));
		return this;
	}

	/**
	 * Say how all starts end for which {@link #starts} says nothing.
	 * @param gate the outcome for a child and the number of its start
	 * @return this
	 */
	Rules gate(BiFunction<String, Integer, String> gate) {
		this.gate = gate;
		return this;
	}

	/**
	 * Let a child ignore being asked to stop, until it is told to end.
	 * @param id the child
	 * @return this
	 */
	Rules holds(String id) {
		this.held.add(id);
		return this;
	}

	Rules advance(Duration time) {
		long target = this.now + time.toNanos();
		for (Timer due = nextTimer(target); due != null; due = nextTimer(target)) {
			this.timers.remove(due);
			this.now = due.at;
			input(due.note);
		}
		this.now = target;
		return this;
	}

	private @Nullable Timer nextTimer(long limit) {
		this.timers.removeIf(Disposable::isDisposed);
		return this.timers.stream()
			.filter((timer) -> timer.at <= limit)
			.min(Comparator.comparingLong((timer) -> timer.at))
			.orElse(null);
	}

	/**
	 * How many restarts are waited for.
	 * @return the number of timers that run
	 */
	int waits() {
		this.timers.removeIf(Disposable::isDisposed);
		return this.timers.size();
	}

	private void retryLater(Child child, Duration delay) {
		SupervisorInput.Retry note = new SupervisorInput.Retry(child, child.incarnation);
		BackOff backOff = child.backOff();
		if (backOff == null || delay.isZero()) {
			this.mailbox.add(note);
			return;
		}
		this.log.add("wait %s for %s".formatted(delay.toNanos(), child.id()));
		Timer timer = new Timer(this.now + delay.toNanos(), note);
		this.timers.add(timer);
		backOff.wait = new BackOff.Wait(Instant.EPOCH.plusNanos(timer.at), timer);
	}

	Rules startup() {
		return input(new SupervisorInput.Startup());
	}

	Rules stop() {
		return input(new SupervisorInput.Stop(ExitReason.shutdown()));
	}

	Rules kill() {
		return input(new SupervisorInput.Kill());
	}

	Rules ends(String id, ExitReason reason) {
		Child child = get(id);
		return input(new SupervisorInput.ChildExited(child, child.incarnation, reason));
	}

	/**
	 * Inputs that wait in the mailbox together.
	 * @param inputs the inputs, in their order
	 * @return this
	 */
	Rules together(List<SupervisorInput> inputs) {
		this.mailbox.addAll(inputs.subList(0, inputs.size() - 1));
		return input(inputs.get(inputs.size() - 1));
	}

	Rules crashes(String id) {
		return ends(id, ExitReason.crash(new IllegalStateException("test")));
	}

	/**
	 * Several ends that wait in the mailbox together.
	 * @param ids the children, in the order they end
	 * @param reason why
	 * @return this
	 */
	Rules endTogether(List<String> ids, ExitReason reason) {
		List<SupervisorInput> inputs = ids.stream()
			.map(this::get)
			.<SupervisorInput>map((child) -> new SupervisorInput.ChildExited(child, child.incarnation, reason))
			.toList();
		this.mailbox.addAll(inputs.subList(0, inputs.size() - 1));
		return input(inputs.get(inputs.size() - 1));
	}

	Rules request(ChildRequest.Kind kind, String id) {
		return input(new SupervisorInput.Request(new ChildRequest(kind, id, null, Set.of(), "test")));
	}

	/**
	 * A request that a child waits for.
	 * @param kind what is asked
	 * @param id the child it is about
	 * @param caller the child that waits
	 * @return this
	 */
	Rules request(ChildRequest.Kind kind, String id, String caller) {
		return input(new SupervisorInput.Request(new ChildRequest(kind, id, null, Set.of(caller), "test")));
	}

	Rules reconfigure(ChildSpec spec) {
		return input(new SupervisorInput.Request(
				new ChildRequest(ChildRequest.Kind.RECONFIGURE, "", spec, Set.of(), "test")));
	}

	Rules startChild(ChildSpec spec) {
		return input(new SupervisorInput.Request(
				new ChildRequest(ChildRequest.Kind.START, spec.id(), spec, Set.of(), "test")));
	}

	Rules input(SupervisorInput input) {
		this.mailbox.add(input);
		if (!this.running) {
			this.running = true;
			while (!this.mailbox.isEmpty()) {
				this.machine.handle(this.mailbox.remove(), this.now).forEach(this::execute);
			}
			this.running = false;
		}
		return this;
	}

	List<String> takeLog() {
		List<String> taken = List.copyOf(this.log);
		this.log.clear();
		return taken;
	}

	Child get(String id) {
		return Objects.requireNonNull(this.machine.children.find(id), id);
	}

	@Nullable Child find(String id) {
		return this.machine.children.find(id);
	}

	private void execute(SupervisorCommand command) {
		if (command instanceof SupervisorCommand.Start start) {
			start(start.child());
		}
		else if (command instanceof SupervisorCommand.Stop stop) {
			stop(stop.child());
		}
		else if (command instanceof SupervisorCommand.Kill kill) {
			this.log.add("kill " + kill.child().id());
			this.mailbox
				.add(new SupervisorInput.ChildExited(kill.child(), kill.child().incarnation, ExitReason.killed()));
		}
		else if (command instanceof SupervisorCommand.RetryLater retry) {
			retryLater(retry.child(), retry.delay());
		}
		else if (command instanceof SupervisorCommand.CancelRetry cancelled) {
			cancelled.pending().timer().dispose();
		}
		else if (command instanceof SupervisorCommand.ReportPaused paused) {
			this.log.add("paused " + paused.child().id());
		}
		else if (command instanceof SupervisorCommand.Reply reply) {
			Problem problem = reply.problem();
			this.log.add("reply " + ((problem != null) ? problem : describe(reply.value())));
		}
		else if (command instanceof SupervisorCommand.ReportBudgetSpent spent) {
			this.log.add("budget spent on " + spent.child().id());
		}
		else if (command instanceof SupervisorCommand.Reconfigured) {
			this.log.add("reconfigured");
		}
		else if (command instanceof SupervisorCommand.Started) {
			this.log.add("started");
		}
		else if (command instanceof SupervisorCommand.StartFailed failed) {
			this.log.add("start failed on " + failed.child().id());
		}
		else if (command instanceof SupervisorCommand.Exit exit) {
			this.log.add("exit " + exit.reason().kind());
		}
		else if (command instanceof SupervisorCommand.Close close) {
			this.log.add("close " + close.child().id());
		}
	}

	private static String describe(@Nullable Object value) {
		return (value == null || value instanceof SupervisorCommand.Up) ? "ok" : value.toString();
	}

	private void stop(Child child) {
		boolean dead = this.mailbox.stream()
			.anyMatch((input) -> input instanceof SupervisorInput.ChildExited exited && exited.child() == child
					&& exited.incarnation() == child.incarnation);
		if (dead) {
			return;
		}
		this.log.add("stop " + child.id());
		if (!this.held.contains(child.id())) {
			this.mailbox.add(new SupervisorInput.ChildExited(child, child.incarnation, ExitReason.shutdown()));
		}
	}

	private void start(Child child) {
		Deque<String> outcomes = this.starts.getOrDefault(child.id(), new ArrayDeque<>());
		int number = this.startCounts.merge(child.id(), 1, Integer::sum);
		String outcome = outcomes.isEmpty() ? this.gate.apply(child.id(), number) : outcomes.remove();
		this.log.add("start " + child.id() + (outcome.equals("ok") ? "" : " " + outcome));
		switch (outcome) {
			case "ok" -> this.mailbox.add(new SupervisorInput.ChildStarted(child, child.incarnation, null));
			case "ask" -> {
				// the start waits for an answer from its own supervisor
				this.mailbox.add(new SupervisorInput.Request(
						new ChildRequest(ChildRequest.Kind.COUNT, "", null, Set.of(child.id()), "test")));
				this.mailbox.add(new SupervisorInput.ChildStarted(child, child.incarnation, null));
			}
			case "fail" -> this.mailbox.add(new SupervisorInput.ChildStartFailed(child, child.incarnation,
					ExitReason.crash(new IllegalStateException("test"))));
			case "ignore" -> this.mailbox.add(new SupervisorInput.ChildIgnored(child, child.incarnation));
			case "hang" -> {
			}
			default -> throw new IllegalArgumentException(outcome);
		}
	}

	/**
	 * Wakes the supervisor up for a restart.
	 */
	private static final class Timer implements Disposable {

		private final long at;

		private final SupervisorInput note;

		private boolean disposed;

		private Timer(long at, SupervisorInput note) {
			this.at = at;
			this.note = note;
		}

		@Override
		public void dispose() {
			this.disposed = true;
		}

		@Override
		public boolean isDisposed() {
			return this.disposed;
		}

	}

}
