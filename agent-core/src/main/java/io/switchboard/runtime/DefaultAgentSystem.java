package io.switchboard.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.ExitReason;
import io.switchboard.Terminated;
import io.switchboard.event.AgentEvent;
import io.switchboard.registry.AgentRegistry;
import io.switchboard.report.CrashContext;
import io.switchboard.report.CrashReport;
import io.switchboard.supervision.NodeType;
import io.switchboard.tree.AgentTree;
import io.switchboard.tree.LastExit;
import io.switchboard.tree.MailboxTotals;
import io.switchboard.tree.NodeStatus;
import io.switchboard.tree.TreeCut;
import io.switchboard.tree.TreeNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The system: holds the root supervisor, the clock and the threads, and finds cells by
 * path.
 */
final class DefaultAgentSystem implements AgentSystem {

	private static final Logger logger = LoggerFactory.getLogger(DefaultAgentSystem.class);

	private final Workers workers;

	private final EventBus events;

	private final SystemResidents residents;

	private final AgentRegistry registry;

	private final Duration askTimeout;

	private final CrashReporter reporter;

	private final Function<AgentPath, @Nullable MailboxMeter> mailboxMeters;

	private final LongSupplier clock = this::nanos;

	/**
	 * Guards the root's status, as a stop may meet the root's own end.
	 */
	private final Object rootLock = new Object();

	private final Child rootChild;

	private final SupervisorCell root;

	private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

	private final AbandonedThreads abandoned = new AbandonedThreads();

	private final AtomicLong tasksBegun = new AtomicLong();

	private final Sinks.Empty<Void> started = Sinks.empty();

	private final Sinks.Empty<Void> stopped = Sinks.empty();

	private final Sinks.One<ExitReason> terminated = Sinks.one();

	DefaultAgentSystem(AgentSystemBuilder builder) {
		this.workers = Workers.of(builder, new HeldWorkers(this::emitElsewhere, this::now));
		this.events = new EventBus(builder.listeners);
		this.residents = new SystemResidents(this);
		this.registry = AgentRegistry.over(this.residents);
		this.askTimeout = builder.askTimeout;
		this.reporter = new CrashReporter(this, builder);
		this.mailboxMeters = builder.mailboxMeters;
		this.rootChild = new Child(builder.root, 0);
		this.root = new SupervisorCell(this, AgentPath.ROOT, this.rootChild, this::rootReported);
	}

	@Override
	public Mono<Void> start() {
		return Mono.defer(() -> {
			if (this.state.compareAndSet(State.NEW, State.STARTED)) {
				this.rootChild.incarnation = 1;
				this.rootChild.status = NodeStatus.STARTING;
				this.root.start(1);
			}
			return this.started.asMono();
		});
	}

	@Override
	public Mono<Void> stop() {
		return Mono.defer(() -> {
			State before = this.state.getAndSet(State.STOPPING);
			if (before == State.NEW) {
				ended(ExitReason.shutdown(), new IllegalStateException("The system was stopped before it was started"));
			}
			else if (before == State.STARTED) {
				stopRoot();
			}
			return this.stopped.asMono();
		});
	}

	private void stopRoot() {
		synchronized (this.rootLock) {
			if (this.rootChild.status == NodeStatus.STOPPED) {
				// the root has ended by itself a moment ago
				return;
			}
			this.rootChild.status = NodeStatus.STOPPING;
		}
		try {
			this.root.stop(1, ExitReason.shutdown());
		}
		catch (RejectedExecutionException ex) {
			// the root has ended by itself meanwhile, and its threads are gone
			logger.debug("The root had ended before it was stopped", ex);
		}
	}

	private void rootReported(SupervisorInput report) {
		if (report instanceof SupervisorInput.ChildStarted) {
			synchronized (this.rootLock) {
				if (this.rootChild.status == NodeStatus.STARTING) {
					this.rootChild.status = NodeStatus.RUNNING;
				}
			}
			emit(new AgentEvent.Started(AgentPath.ROOT, NodeType.SUPERVISOR, 1, now()));
			runHere(this.started::tryEmitEmpty);
		}
		else if (report instanceof SupervisorInput.ChildStartFailed failed) {
			emit(new AgentEvent.StartFailed(AgentPath.ROOT, 1, failed.reason(), now()));
			rootCrashed(CrashContext.START_ERROR, failed.reason());
			ended(failed.reason(),
					Objects.requireNonNull(failed.reason().cause(), "a failed start of a supervisor has a cause"));
		}
		else if (report instanceof SupervisorInput.ChildExited exited) {
			this.rootChild.history().lastExit = new LastExit(exited.reason(), now());
			emit(new AgentEvent.Exited(AgentPath.ROOT, NodeType.SUPERVISOR, 1, exited.reason(), now()));
			CrashContext context = CrashRules.ended(exited.reason());
			if (context != null) {
				rootCrashed(context, exited.reason());
			}
			ended(exited.reason(), new IllegalStateException("The system was stopped before it was up"));
		}
	}

	private void rootCrashed(CrashContext context, ExitReason reason) {
		this.reporter.write(AgentPath.ROOT, this.rootChild,
				new CrashReporter.Crash(1, context, reason, CrashEvidence.NONE, List.of(), now()), null);
	}

	/**
	 * The root is down. First what must happen, then what runs somebody's code.
	 * @param reason why it ended
	 * @param startFailure what to tell those who still wait for the start
	 */
	private void ended(ExitReason reason, Throwable startFailure) {
		this.state.set(State.STOPPING);
		synchronized (this.rootLock) {
			this.rootChild.status = NodeStatus.STOPPED;
		}
		this.root.close(reason);
		runHere(this.residents::end);
		this.workers.release();
		this.events.complete();
		runHere(() -> this.started.tryEmitError(startFailure));
		runHere(this.stopped::tryEmitEmpty);
		runHere(() -> this.terminated.tryEmitValue(reason));
	}

	@Override
	public Mono<ExitReason> whenTerminated() {
		return this.terminated.asMono();
	}

	@Override
	public Mono<Terminated> whenTerminated(AgentPath node) {
		Objects.requireNonNull(node, "'node' must not be null");
		return Mono.create((sink) -> {
			LifeWatch watch = LifeWatch.begin(find(node), (end) -> runElsewhere(() -> sink.success(end)));
			if (watch != null) {
				sink.onDispose(watch::end);
			}
			else {
				sink.success(LifeWatch.nobodyAt(node));
			}
		});
	}

	@Override
	public <M> AgentRef<M> agent(AgentPath path, Class<M> messageType) {
		Objects.requireNonNull(path, "'path' must not be null");
		Objects.requireNonNull(messageType, "'messageType' must not be null");
		return new DefaultAgentRef<>(this, path);
	}

	@Override
	public SupervisorRef supervisor(AgentPath path) {
		return new DefaultSupervisorRef(this, Objects.requireNonNull(path, "'path' must not be null"));
	}

	@Override
	public TaskSupervisorRef tasks(AgentPath supervisor) {
		return new DefaultTasks(new TaskStarter(this,
				Objects.requireNonNull(supervisor, "'supervisor' must not be null"), null, false));
	}

	@Override
	public Partitions partitions(AgentPath path) {
		return new DefaultPartitions(this, Objects.requireNonNull(path, "'path' must not be null"));
	}

	@Override
	public NodeControl control(AgentPath path) {
		return new DefaultNodeControl(this, Objects.requireNonNull(path, "'path' must not be null"));
	}

	@Override
	public @Nullable NodeType typeOf(AgentPath path) {
		Cell cell = find(path);
		return (cell != null) ? cell.child().spec.type() : null;
	}

	@Override
	public @Nullable TreeNode node(AgentPath path) {
		return node(path, TreeCut.NONE);
	}

	@Override
	public @Nullable TreeNode node(AgentPath path, TreeCut cut) {
		Objects.requireNonNull(cut, "'cut' must not be null");
		return Snapshots.of(find(Objects.requireNonNull(path, "'path' must not be null")), cut);
	}

	@Override
	public List<CrashReport> crashReports(AgentPath path) {
		Objects.requireNonNull(path, "'path' must not be null");
		Set<ReportRing.Entry> found = new HashSet<>();
		Cell cell = find(path);
		ReportRing own = (cell != null) ? cell.child().reports() : null;
		if (own != null) {
			found.addAll(own.entries());
		}
		if (cell instanceof SupervisorCell supervisor) {
			found.addAll(supervisor.records().kept());
		}
		AgentPath parent = path.parent();
		if (parent != null && find(parent) instanceof SupervisorCell supervisor) {
			supervisor.records()
				.kept()
				.stream()
				.filter((entry) -> entry.report().path().equals(path))
				.forEach(found::add);
		}
		return found.stream()
			.sorted(Comparator.comparingLong(ReportRing.Entry::number).reversed())
			.map(ReportRing.Entry::report)
			.toList();
	}

	@Override
	public AgentRegistry registry() {
		return this.registry;
	}

	@Override
	public AgentTree tree() {
		return Snapshots.treeOf(this.root);
	}

	@Override
	public Flux<AgentEvent> events() {
		return this.events.events();
	}

	@Override
	public WorkerStatistics workerStatistics() {
		return this.workers.statistics(this.abandoned);
	}

	@Override
	public MailboxTotals mailboxes(AgentPath path) {
		return MailboxCount.of(find(Objects.requireNonNull(path, "'path' must not be null")));
	}

	/**
	 * Who measures how the messages of an agent fare.
	 * @param path the agent
	 * @return the meter, or {@code null} if nobody does
	 */
	@Nullable MailboxMeter mailboxMeter(AgentPath path) {
		try {
			return this.mailboxMeters.apply(path);
		}
		catch (Throwable ex) {
			Fatal.tell(ex);
			logger.error("Nobody measures the mailbox of agent '{}', because its meter could not be made", path, ex);
			return null;
		}
	}

	CrashReporter reporter() {
		return this.reporter;
	}

	Scheduler scheduler() {
		return this.workers.scheduler();
	}

	Scheduler blockingScheduler() {
		return this.workers.blockingScheduler();
	}

	AbandonedThreads abandoned() {
		return this.abandoned;
	}

	private void emitElsewhere(AgentEvent event) {
		runElsewhere(() -> emit(event));
	}

	/**
	 * Where agents and supervisors run.
	 * @return the workers
	 */
	Workers workers() {
		return this.workers;
	}

	/**
	 * Run code that is not ours where it may take its time. Once the system has given
	 * back its threads it runs here and now.
	 * @param code the code; what it throws is logged
	 */
	void runElsewhere(Runnable code) {
		try {
			blockingScheduler().schedule(() -> runHere(code));
		}
		catch (RejectedExecutionException ex) {
			runHere(code);
		}
	}

	/**
	 * Run code that is not ours where agents run theirs. Once the system has given back
	 * its threads it runs here and now.
	 * @param code the code; what it throws is logged
	 */
	void runAmongAgents(Runnable code) {
		try {
			this.workers.execute(() -> runHere(code));
		}
		catch (RejectedExecutionException ex) {
			runHere(code);
		}
	}

	private static void runHere(Runnable code) {
		try {
			code.run();
		}
		catch (Throwable ex) {
			Fatal.tell(ex);
			logger.error("Somebody who was told of something failed", ex);
		}
	}

	/**
	 * A number for a task that no other task has.
	 * @return the number
	 */
	long nextTask() {
		return this.tasksBegun.incrementAndGet();
	}

	Duration askTimeout() {
		return this.askTimeout;
	}

	boolean isStopping() {
		return this.state.get() == State.STOPPING;
	}

	/**
	 * The time in nanoseconds, as {@link #nanos()} tells it.
	 * @return the clock
	 */
	LongSupplier clock() {
		return this.clock;
	}

	long nanos() {
		return scheduler().now(TimeUnit.NANOSECONDS);
	}

	Instant now() {
		return Instant.ofEpochMilli(scheduler().now(TimeUnit.MILLISECONDS));
	}

	/**
	 * Whether anybody listens to events.
	 * @return {@code false} if an event would reach nobody
	 */
	boolean isHeard() {
		return this.events.isHeard();
	}

	void emit(AgentEvent event) {
		this.events.emit(event);
	}

	/**
	 * What runs at a path.
	 * @param path the path
	 * @return the cell, or {@code null} if there is none
	 */
	@Nullable Cell find(AgentPath path) {
		AgentPath parent = path.parent();
		if (parent == null) {
			return this.root;
		}
		return (find(parent) instanceof SupervisorCell supervisor) ? supervisor.find(path.name()) : null;
	}

	/**
	 * What runs at a path; a missing agent is made where a template says how.
	 * @param path the path
	 * @return the cell, or {@code null} if there is none
	 */
	@Nullable Cell reach(AgentPath path) {
		AgentPath parent = path.parent();
		return (parent != null && find(parent) instanceof SupervisorCell supervisor)
				? supervisor.findOrMake(path.name()) : null;
	}

	/**
	 * How far the system has come.
	 */
	private enum State {

		NEW, STARTED, STOPPING

	}

}
