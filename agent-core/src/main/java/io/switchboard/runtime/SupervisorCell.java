package io.switchboard.runtime;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.NodeType;
import io.switchboard.supervision.PartitionSupervisorSpec;
import io.switchboard.supervision.SupervisorSpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a supervisor: feeds its rules with what happens, one input at a time, and carries
 * out what they decide. It never waits, so it answers under any load.
 */
final class SupervisorCell extends Cell implements ChildReports, Runnable {

	private static final Logger logger = LoggerFactory.getLogger(SupervisorCell.class);

	/**
	 * Signals handled in one go before others get their turn.
	 */
	private static final int BATCH = 64;

	/**
	 * What has come: inputs for the rules, and other things to be done.
	 */
	private final Queue<Object> signals = new ConcurrentLinkedQueue<>();

	private final AtomicInteger wakeUps = new AtomicInteger();

	private final CrashRecords records = new CrashRecords(this);

	private final ChildNews news;

	private final RestartTimers timers;

	private final SupervisorReplies replies;

	private volatile @Nullable SupervisorMachine machine;

	private volatile boolean closed;

	private long incarnation;

	/**
	 * The latest life that has ended.
	 */
	private volatile long ended;

	/**
	 * What this supervisor works by: what its own supervisor was given, or what a live
	 * change has made of it.
	 */
	private volatile ChildSpec spec;

	private ChildSpec given;

	/**
	 * What waits while this supervisor is suspended.
	 */
	private volatile @Nullable Queue<SupervisorInput> held;

	SupervisorCell(DefaultAgentSystem system, AgentPath path, Child child, ChildReports reports) {
		super(system, path, child, reports);
		this.news = new ChildNews(system, path, this.records);
		this.timers = new RestartTimers(system, this, this.news);
		this.replies = new SupervisorReplies(system, path);
		this.spec = child.spec;
		this.given = child.spec;
	}

	// ---- from any thread

	@Override
	public void report(SupervisorInput report) {
		add(report);
	}

	void request(ChildRequest request) {
		report(new SupervisorInput.Request(request));
	}

	@Override
	void start(long incarnation) {
		signal(() -> begin(incarnation));
	}

	@Override
	protected void requestStop(long incarnation, ExitReason reason) {
		signal(() -> {
			if (this.incarnation == incarnation) {
				handle(new SupervisorInput.Stop(reason));
			}
		});
	}

	@Override
	void kill(long incarnation) {
		signal(() -> {
			if (this.incarnation == incarnation) {
				handle(new SupervisorInput.Kill());
			}
		});
	}

	@Override
	void close(ExitReason reason) {
		endPlaces();
		signal(() -> {
			this.closed = true;
			closeChildren(this.machine, reason);
			release();
		});
	}

	@Override
	void endPlaces() {
		SupervisorMachine ended = this.machine;
		if (ended != null) {
			for (Child child : ended.children.unordered()) {
				Cell cell = child.cell;
				if (cell != null) {
					cell.endPlaces();
				}
			}
		}
	}

	@Override
	boolean isClosed() {
		return this.closed;
	}

	@Override
	boolean hasEnded(long incarnation) {
		return incarnation <= this.ended;
	}

	@Override
	boolean minds(ExitReason reason) {
		// only the ends of its children concern a supervisor, and it is told of them
		// otherwise
		return false;
	}

	@Override
	void hear(LinkEnd link) {
		throw new IllegalStateException("supervisors do not mind");
	}

	@Override
	protected boolean isWanted() {
		return false;
	}

	@Override
	void suspend(Runnable done, Runnable notRunning) {
		signal(() -> {
			this.held = (this.held != null) ? this.held : new ArrayDeque<>();
			this.replies.tell(done);
		});
	}

	@Override
	void resume(Runnable done) {
		signal(() -> {
			release();
			this.replies.tell(done);
		});
	}

	@Override
	boolean isSuspended() {
		return this.held != null;
	}

	CrashRecords records() {
		return this.records;
	}

	@Nullable SupervisorMachine machine() {
		return this.machine;
	}

	ChildSpec spec() {
		return this.spec;
	}

	/**
	 * What runs at the path of a child.
	 * @param name the child's name
	 * @return the cell, or {@code null} if there is none
	 */
	@Nullable Cell find(String name) {
		SupervisorMachine running = this.machine;
		Child known = (running != null) ? running.children.find(name) : null;
		return (known != null) ? known.cell : null;
	}

	/**
	 * What runs at the path of a child, which is made from the template if it is missing.
	 * @param name the child's name
	 * @return the cell, or {@code null} if there is none and none can be made
	 */
	@Nullable Cell findOrMake(String name) {
		Cell found = find(name);
		SupervisorMachine running = this.machine;
		if ((found != null && (!found.isClosed() || found.child().isPaused())) || running == null || this.closed
				|| !(this.spec instanceof DynamicSupervisorSpec dynamic) || dynamic.template() == null
				|| running.children.size() >= dynamic.maxChildren()) {
			return found;
		}
		AgentSpec<?> made = specify(dynamic.template(), name);
		if (made == null) {
			return null;
		}
		Child child = running.children.create(made);
		child.madeBy = dynamic.template();
		child.cell = new AgentCell(this.system, this.path.child(name), child, this,
				() -> report(new SupervisorInput.ChildWanted(child)));
		Child other = running.children.addIfAbsent(child);
		return (other != null) ? cellOf(other) : child.cell;
	}

	private @Nullable AgentSpec<?> specify(Function<String, ? extends AgentSpec<?>> template, String name) {
		try {
			AgentSpec<?> spec = template.apply(name);
			if (spec.id().equals(name)) {
				return spec;
			}
			throw new IllegalStateException(
					"The template of dynamic supervisor '%s' was asked for child '%s' and specified '%s'"
						.formatted(this.path, name, spec.id()));
		}
		catch (Throwable ex) {
			Fatal.tell(ex);
			// senders expect no exception
			ExitReason reason = ExitReason.crash(ex);
			this.system.emit(new AgentEvent.StartFailed(this.path.child(name), 0, reason, this.system.now()));
			this.records.templateFailed(name, reason);
			return null;
		}
	}

	private void signal(Runnable signal) {
		add(signal);
	}

	private void add(Object signal) {
		this.signals.add(signal);
		if (this.wakeUps.getAndIncrement() == 0) {
			try {
				this.system.workers().executeUrgent(this);
			}
			catch (RejectedExecutionException ex) {
				// the system has given back its threads; what is left to do is to tell
				// those who wait
				run();
			}
		}
	}

	// ---- one thread at a time

	@Override
	public void run() {
		int seen;
		int handled = 0;
		do {
			seen = this.wakeUps.get();
			for (Object signal = this.signals.poll(); signal != null; signal = this.signals.poll()) {
				try {
					act(signal);
				}
				catch (Throwable ex) {
					Fatal.tell(ex);
					logger.error("Supervisor '{}' could not handle a signal; this is a bug in the runtime", this.path,
							ex);
				}
				if (++handled == BATCH && giveWay()) {
					return;
				}
			}
		}
		while (this.wakeUps.addAndGet(-seen) != 0);
	}

	private void act(Object signal) {
		if (signal instanceof SupervisorInput input) {
			handle(input);
		}
		else {
			((Runnable) signal).run();
		}
	}

	/**
	 * Let others have their turn.
	 * @return whether this supervisor will have another
	 */
	private boolean giveWay() {
		try {
			this.system.workers().executeUrgent(this);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	private void begin(long incarnation) {
		this.incarnation = incarnation;
		this.records.begin();
		SupervisorMachine before = this.machine;
		if (this.given != child().spec) {
			// the supervisor above was given another one
			this.given = child().spec;
			this.spec = this.given;
		}
		if (this.spec instanceof SupervisorSpec fixed) {
			this.machine = new StaticSupervisor(fixed, (before != null) ? before.children : new Children(),
					RestartTimers::random);
		}
		else if (this.spec instanceof DynamicSupervisorSpec dynamic) {
			this.machine = new DynamicSupervisor(dynamic, RestartTimers::random);
		}
		else if (this.spec instanceof PartitionSupervisorSpec partitioned) {
			this.machine = new StaticSupervisor(new PartitionsInUse(partitioned),
					(before != null) ? before.children : new Children());
		}
		this.closed = false;
		closeOrphans(before);
		Queue<SupervisorInput> waiting = this.held;
		this.held = null;
		handle(new SupervisorInput.Startup());
		if (waiting != null) {
			// somebody had suspended this supervisor between two lives
			waiting.forEach(this::handle);
		}
	}

	/**
	 * Children that had been added by hand do not come back with a restarted supervisor.
	 * @param before the rules of the life before
	 */
	private void closeOrphans(@Nullable SupervisorMachine before) {
		if (before == null) {
			return;
		}
		for (Child old : before.children.unordered()) {
			Cell cell = old.cell;
			if (cell != null && find(old.id()) != cell) {
				cell.close(ExitReason.shutdown());
				this.records.forgotten(old);
			}
		}
	}

	private static void closeChildren(@Nullable SupervisorMachine machine, ExitReason reason) {
		if (machine != null) {
			for (Child child : machine.children.unordered()) {
				Cell cell = child.cell;
				if (cell != null) {
					cell.close(reason);
				}
			}
		}
	}

	private void release() {
		Queue<SupervisorInput> waiting = this.held;
		this.held = null;
		if (waiting != null) {
			waiting.forEach(this::handle);
		}
	}

	private void handle(SupervisorInput input) {
		SupervisorMachine rules = this.machine;
		if (rules == null) {
			return;
		}
		Queue<SupervisorInput> waiting = this.held;
		if (waiting != null) {
			if (input instanceof SupervisorInput.Stop || input instanceof SupervisorInput.Kill) {
				// control overtakes: what waited is handled on the way down
				this.held = null;
				handle(input);
				waiting.forEach(this::handle);
			}
			else {
				waiting.add(input);
			}
			return;
		}
		this.news.before(input);
		List<SupervisorCommand> commands = rules.handle(input, this.system.nanos());
		this.news.after(input);
		for (SupervisorCommand command : commands) {
			execute(command);
		}
	}

	private void execute(SupervisorCommand command) {
		if (command instanceof SupervisorCommand.Start start) {
			cellOf(start.child()).start(start.child().incarnation);
		}
		else if (command instanceof SupervisorCommand.Stop stop) {
			cellOf(stop.child()).stop(stop.child().incarnation, ExitReason.shutdown());
		}
		else if (command instanceof SupervisorCommand.Kill kill) {
			cellOf(kill.child()).kill(kill.child().incarnation);
		}
		else if (command instanceof SupervisorCommand.Close close) {
			cellOf(close.child()).close(close.reason());
			this.news.stopped(close);
			if (isForgotten(close.child())) {
				this.records.forgotten(close.child());
			}
		}
		else if (command instanceof SupervisorCommand.RetryLater retry) {
			this.timers.start(retry);
		}
		else if (command instanceof SupervisorCommand.CancelRetry cancelled) {
			this.timers.cancel(cancelled);
		}
		else if (command instanceof SupervisorCommand.Reply reply) {
			this.replies.send(reply);
		}
		else if (command instanceof SupervisorCommand.ReportBudgetSpent spent) {
			this.news.budgetSpent(spent, this.spec);
		}
		else if (command instanceof SupervisorCommand.ReportPaused paused) {
			this.news.paused(paused);
		}
		else if (command instanceof SupervisorCommand.Reconfigured changed) {
			this.spec = changed.spec();
			this.news.reconfigured();
		}
		else if (command instanceof SupervisorCommand.Started) {
			reportStarted(this.incarnation, null);
		}
		else if (command instanceof SupervisorCommand.StartFailed failed) {
			this.ended = this.incarnation;
			reportStartFailed(this.incarnation,
					ExitReason.crash(new SupervisorStartException(this.path, pathOf(failed.child()), SupervisorReplies
						.causeOf(pathOf(failed.child()), failed.child().incarnation, failed.reason()))),
					CrashEvidence.NONE);
		}
		else if (command instanceof SupervisorCommand.Exit exit) {
			this.ended = this.incarnation;
			reportExited(this.incarnation, exit.reason(), CrashEvidence.NONE);
		}
	}

	private boolean isForgotten(Child child) {
		SupervisorMachine rules = this.machine;
		return rules != null && rules.children.find(child.id()) != child;
	}

	private AgentPath pathOf(Child child) {
		return child.path(this.path);
	}

	private Cell cellOf(Child child) {
		Cell known = child.cell;
		return (known != null) ? known
				: child.cellOrMake(() -> (child.spec.type() == NodeType.AGENT)
						? new AgentCell(this.system, pathOf(child), child, this)
						: new SupervisorCell(this.system, pathOf(child), child, this));
	}

}
