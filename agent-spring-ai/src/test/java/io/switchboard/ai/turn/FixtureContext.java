package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import io.switchboard.Activity;
import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.ExitReason;
import io.switchboard.Monitor;
import io.switchboard.Reply;
import io.switchboard.Tasks;
import io.switchboard.Terminated;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * An incarnation that no runtime is behind: a path, a clock that tests turn, and a few
 * threads for blocking work.
 */
public final class FixtureContext implements AgentContext<TurnRequest>, AutoCloseable {

	private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();

	/** What was said to be nearly used up, and how much of it. */
	final List<String> nearLimits = new CopyOnWriteArrayList<>();

	/** What is to be seen of the turn, by name. */
	final Map<String, Activity> shown = new ConcurrentHashMap<>();

	/** Whether nobody wants the answer any more. */
	volatile boolean cancelled;

	/** How many messages are put aside. */
	volatile int stashed;

	/** Why this life has stopped itself. */
	volatile @Nullable ExitReason stopped;

	/** Which life this is. */
	volatile long incarnation = 7;

	private volatile Scheduler blocking = Schedulers.newBoundedElastic(4, 1000, "blocking");

	/**
	 * Do blocking work on the thread that asks for it, so that whoever turns the clock
	 * knows what waits for it. Not for work that really blocks.
	 * @return this context
	 */
	FixtureContext onOneThread() {
		this.blocking.dispose();
		this.blocking = Schedulers.immediate();
		return this;
	}

	@Override
	public AgentPath path() {
		return AgentPath.of("/desk/support/ann");
	}

	@Override
	public long incarnation() {
		return this.incarnation;
	}

	@Override
	public VirtualTimeScheduler scheduler() {
		return this.clock;
	}

	@Override
	public Scheduler blockingScheduler() {
		return this.blocking;
	}

	@Override
	public boolean isCancelled() {
		return this.cancelled;
	}

	@Override
	public AgentRef<TurnRequest> self() {
		throw new UnsupportedOperationException();
	}

	@Override
	public <T> AgentRef<T> agent(AgentPath path) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Tasks tasks(AgentPath supervisor) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Tasks linkedTasks(AgentPath supervisor) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Disposable sendAfter(Duration delay, TurnRequest message) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void sendWhenIdle(Duration delay, TurnRequest message) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void stash() {
		this.stashed++;
	}

	@Override
	public void unstashAll() {
		this.stashed = 0;
	}

	@Override
	public Reply deferReply() {
		throw new UnsupportedOperationException();
	}

	@Override
	public Monitor monitor(AgentPath node, Function<Terminated, ? extends TurnRequest> message) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void link(AgentPath node) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void unlink(AgentPath node) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void stop(ExitReason reason) {
		this.stopped = reason;
	}

	@Override
	public void startInfo(Object info) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void limitNear(String limit, double used) {
		this.nearLimits.add("%s %.2f".formatted(limit, used));
	}

	@Override
	public void showActivity(Activity activity) {
		this.shown.put(activity.name(), activity);
	}

	@Override
	public void hideActivity(String name) {
		this.shown.remove(name);
	}

	@Override
	public Mono<Void> ignoreStart() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void close() {
		this.blocking.dispose();
		this.clock.dispose();
	}

}
