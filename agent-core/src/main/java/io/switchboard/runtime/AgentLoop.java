package io.switchboard.runtime;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

import io.switchboard.AgentExitedException;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.Terminated;
import io.switchboard.runtime.Incarnation.Phase;
import io.switchboard.runtime.Incarnation.StartIgnoredException;
import io.switchboard.tree.TraceKind;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/**
 * What an agent does, one thing at a time: signals first, then messages. All of it is
 * confined to the agent's {@linkplain Lane lane}, but for a few fields that others read.
 */
final class AgentLoop {

	/**
	 * Messages handled in one go before other agents get their turn. The longest that
	 * somebody waits grows with it; less does not cost much more.
	 */
	private static final int BATCH = 16;

	private static final HandlerRun.Method ON_MESSAGE = (run) -> {
		Incarnation life = run.incarnation();
		Behaviour<Object> behaviour = Objects.requireNonNull(life.behaviour, "a running agent behaves");
		Envelope envelope = Objects.requireNonNull(run.envelope(), "a message is handled");
		return behaviour.onMessage(envelope.open(), life);
	};

	private static final HandlerRun.Method ON_START = (run) -> {
		Incarnation life = run.incarnation();
		AgentCell cell = life.cell();
		cell.claimName();
		Behaviour<Object> behaviour = NewBehaviour.of(cell.path, cell.spec().factory(), cell.previous);
		cell.previous = null;
		life.behaviour = behaviour;
		return behaviour.onStart(life);
	};

	private static final HandlerRun.Method ON_STARTED = (run) -> {
		Incarnation life = run.incarnation();
		return Objects.requireNonNull(life.behaviour, "a running agent behaves").onStarted(life);
	};

	private final AgentCell cell;

	private final Lane lane;

	/**
	 * The method call whose code this thread is in.
	 */
	private @Nullable HandlerRun inHand;

	/**
	 * A call that is over, and that nobody knows of any more.
	 */
	private @Nullable HandlerRun spare;

	/**
	 * The signals that are to be acted upon next, in order.
	 */
	private @Nullable Signal signals;

	/**
	 * Make a loop.
	 * @param cell whose it is
	 * @param lane what it is confined to
	 * @param before the loop of the lane that was seized, if one was: what it was about
	 * to do is done here
	 */
	AgentLoop(AgentCell cell, Lane lane, @Nullable AgentLoop before) {
		this.cell = cell;
		this.lane = lane;
		this.signals = (before != null) ? before.signals : null;
	}

	/**
	 * The method call whose code the lane's thread is in. May be called from another
	 * thread, for which it may come late.
	 * @return the call, or {@code null} if it is in none
	 */
	@Nullable HandlerRun inHand() {
		return this.inHand;
	}

	/**
	 * Let the current life, if there is one, handle messages again.
	 */
	void resume() {
		Incarnation life = this.cell.current();
		if (life != null) {
			life.suspended = false;
		}
	}

	/**
	 * Do what there is to do.
	 * @return {@code false} if there is more, but others should have their turn first
	 */
	boolean drain() {
		for (int handled = 0;; handled++) {
			for (Signal signal = nextSignal(); signal != null; signal = nextSignal()) {
				signal.act(this);
			}
			if (this.cell.isClosed()) {
				discardAll();
			}
			Incarnation life = this.cell.current();
			if (life == null || life.suspended || !life.takesMessages()) {
				rest(life);
				return true;
			}
			if (handled == BATCH) {
				rest(life);
				return false;
			}
			Draining draining = this.cell.draining();
			Envelope envelope = (draining != null) ? nextLeft(life, draining) : next(life);
			if (envelope != null) {
				handle(life, envelope, handled == 0);
			}
			else if (draining == null || !stopPostponed(life, draining)) {
				rest(life);
				if (draining != null) {
					draining.done();
				}
				return true;
			}
		}
	}

	/**
	 * Take what is left to be handled by an agent that takes no more.
	 * @param life the current life
	 * @param draining what is to come after it
	 * @return the message, or {@code null} if there is none
	 */
	private @Nullable Envelope nextLeft(Incarnation life, Draining draining) {
		return draining.takesAnother() ? nextFor(life) : null;
	}

	/**
	 * Stop a life whose stop had to wait for what was left.
	 * @param life the current life
	 * @param draining what has kept it
	 * @return whether it had to
	 */
	private boolean stopPostponed(Incarnation life, Draining draining) {
		ExitReason reason = draining.stopReason();
		if (reason != null) {
			stopWhenIdle(life, reason);
		}
		return reason != null;
	}

	/**
	 * Take the signal that has waited longest.
	 * @return what to do, or {@code null} if there is nothing
	 */
	private @Nullable Signal nextSignal() {
		Signal next = (this.signals != null) ? this.signals : this.cell.takeSignals();
		this.signals = (next != null) ? next.next : null;
		return next;
	}

	/**
	 * Time that passes from now on is not spent on messages, unless one is in hand.
	 * @param life the current life
	 */
	private void rest(@Nullable Incarnation life) {
		Tally tally = (life != null && life.inFlight == null) ? life.tallied() : null;
		if (tally != null && !tally.isResting()) {
			tally.rest(this.cell.system.nanos());
		}
	}

	/**
	 * Take what is to be handled next: what an agent without delay sends itself when
	 * idle, then what it had put aside, then the mailbox.
	 * @param life the current life
	 * @return the message, or {@code null} if there is none
	 */
	private @Nullable Envelope next(Incarnation life) {
		Idle idle = life.idle();
		if (idle != null && idle.isDue()) {
			return idle.take(life, this.cell.system.nanos());
		}
		Envelope envelope = nextFor(life);
		if (idle != null && envelope != null) {
			idle.cancel(life);
		}
		else if (idle != null) {
			idle.arm(this.cell.system.scheduler(), () -> this.cell.signal((loop) -> idle.elapsed()));
		}
		Duration rest = this.cell.spec().idleTimeout();
		if (rest != null) {
			life.retirement(rest).next(envelope);
		}
		return envelope;
	}

	/**
	 * Take what waits and is still wanted, by this life.
	 * @param life the current life
	 * @return the message, or {@code null} if there is none
	 */
	private @Nullable Envelope nextFor(Incarnation life) {
		Envelope envelope = nextWaiting();
		while (envelope != null && !isWanted(envelope, life)) {
			envelope = nextWaiting();
		}
		return envelope;
	}

	private boolean isWanted(Envelope envelope, Incarnation life) {
		if (envelope instanceof Reminder reminder && reminder.life() != life) {
			this.cell.dropStale(reminder.life(), "timer");
			return false;
		}
		if (envelope instanceof Notice notice) {
			if (!notice.claim()) {
				return false;
			}
			if (notice.life() != life.incarnation()) {
				this.cell.dropStale(notice.life(), "notice");
				return false;
			}
		}
		return !envelope.isAbandoned();
	}

	/**
	 * Do something to the current life while it handles no message, ahead of those that
	 * wait.
	 * @param intervention what to do
	 */
	void intervene(Intervention intervention) {
		Incarnation life = this.cell.current();
		if (life == null) {
			this.cell.inform(intervention.notRunning());
		}
		else {
			life.add(intervention);
			intervene(life);
		}
	}

	private void intervene(Incarnation life) {
		for (Intervention next = life.nextIntervention(); next != null; next = life.nextIntervention()) {
			Intervention due = next;
			if (!this.lane.callOut(() -> due.action().accept(life))) {
				this.cell.system.runElsewhere(due.notRunning());
			}
		}
	}

	private void handle(Incarnation life, Envelope envelope, boolean first) {
		try {
			tallyTaken(life, envelope, first);
			call(life, envelope, ON_MESSAGE);
		}
		catch (Throwable ex) {
			if (life == this.cell.current() && life.inFlight == null && this.inHand == null) {
				// it is out of the mailbox and in nobody's hand
				this.cell.signal((loop) -> loop.tellAsker(envelope, life.incarnation(), ExitReason.crash(ex)));
			}
			throw ex;
		}
	}

	private void tallyTaken(Incarnation life, Envelope envelope, boolean first) {
		life.tally().taken(envelope, this.cell.system.clock(), first);
		Trace written = this.cell.trace();
		if (written != null) {
			written.taken(life, envelope);
		}
	}

	private void tallySettled(HandlerRun run, Envelope envelope) {
		if (run.error() == null) {
			run.incarnation().tally().settled(run);
		}
		Trace written = this.cell.trace();
		if (written != null) {
			written.settled(run, envelope);
		}
	}

	private void traceLife(TraceKind kind, Incarnation life) {
		Trace written = this.cell.trace();
		if (written != null) {
			written.life(kind, life);
		}
	}

	void begin(long number) {
		this.cell.renewSpec();
		this.cell.open();
		Incarnation life = new Incarnation(this.cell, number);
		this.cell.begun(life);
		if (this.cell.isKillPending()) {
			// the kill was faster than the start
			endByForce(number, ExitReason.killed());
			return;
		}
		// partners may have ended since this life was decided on
		this.cell.links(number).forEach(this::hear);
		if (this.cell.current() != life) {
			return;
		}
		StartLimit start = Objects.requireNonNull(life.start(), "it has not begun");
		this.cell.system.workers().set(start, this.cell.spec().startTimeout());
		call(life, null, ON_START);
	}

	private void call(Incarnation life, @Nullable Envelope envelope, HandlerRun.Method method) {
		HandlerRun run = this.spare;
		if (run == null) {
			run = new HandlerRun(this.cell);
		}
		else {
			this.spare = null;
		}
		run.begin(life, envelope, method);
		if (envelope != null && life.limit instanceof HandlerLimit limit) {
			run.known();
			limit.taken();
			life.inFlight = run;
			limit.inHand();
		}
		this.inHand = run;
		this.lane.callOut(run);
		if (run.isOverAtOnce()) {
			this.inHand = null;
			if (life.inFlight != null) {
				life.inFlight = null;
			}
			settled(run);
			if (run.isForgotten()) {
				this.spare = run;
			}
		}
		else {
			run.open(this.cell.system.nanos());
			life.inFlight = run;
			this.inHand = null;
		}
	}

	/**
	 * A method call has ended: see what comes next.
	 * @param run the call
	 */
	void settle(HandlerRun run) {
		Incarnation life = run.incarnation();
		if (life == this.cell.current() && life.inFlight == run) {
			life.inFlight = null;
			settled(run);
		}
	}

	private void settled(HandlerRun run) {
		Incarnation life = run.incarnation();
		Throwable error = run.error();
		switch (life.phase()) {
			case STARTING -> startSettled(life, error);
			case RUNNING -> {
				Envelope envelope = run.envelope();
				if (envelope != null) {
					tallySettled(run, envelope);
				}
				if (error != null) {
					crash(life, run.unanswered(), error);
				}
				else if (life.stopReason != null) {
					cleanUp(life, life.stopReason);
				}
				else {
					intervene(life);
				}
			}
			case CLEANING_UP -> {
				ExitReason reason = Objects.requireNonNull(life.stopReason, "a life that is cleaned up has ended");
				exited(life, (error != null) ? ExitReason.crash(error) : reason);
			}
		}
	}

	private void startSettled(Incarnation life, @Nullable Throwable error) {
		StartLimit start = life.start();
		if (start == null || !start.decide()) {
			return;
		}
		ExitReason refusal = (error != null) ? null : start.refusal();
		if (refusal != null) {
			startFailed(life, refusal);
		}
		else if (error == null) {
			life.enter(Phase.RUNNING);
			Duration handlers = this.cell.spec().handlerTimeout();
			life.limit((handlers != null) ? new HandlerLimit(this.cell, life, handlers) : null);
			traceLife(TraceKind.STARTED, life);
			this.cell.reportStarted(life.incarnation(), start.info());
			if (life.stopReason != null) {
				cleanUp(life, life.stopReason);
			}
			else {
				call(life, null, ON_STARTED);
			}
		}
		else if (error instanceof StartIgnoredException) {
			over(life);
			this.cell.reportIgnored(life.incarnation());
			tellOwed(life, ExitReason.normal());
		}
		else {
			startFailed(life, ExitReason.crash(error));
		}
	}

	private void startFailed(Incarnation life, ExitReason reason) {
		over(life);
		this.cell.reportStartFailed(life.incarnation(), reason, evidence(null));
		tellOwed(life, reason);
	}

	/**
	 * End a life in an orderly way when its current message is handled.
	 * @param life the life
	 * @param reason why
	 */
	void stopWhenIdle(Incarnation life, ExitReason reason) {
		if (life != this.cell.current() || life.stopReason != null) {
			return;
		}
		Draining draining = life.suspended ? null : this.cell.draining();
		if (draining != null && draining.postpones(reason, this.cell.waiting())) {
			return;
		}
		life.stopReason = reason;
		if (life.phase() == Phase.RUNNING && life.inFlight == null) {
			cleanUp(life, reason);
		}
	}

	/**
	 * End a life in an orderly way, without waiting for what its handler has returned.
	 * @param life the current life
	 * @param reason why
	 */
	void stopAtOnce(Incarnation life, ExitReason reason) {
		HandlerRun run = life.inFlight;
		if (run == null || life.phase() != Phase.RUNNING) {
			stopWhenIdle(life, reason);
			return;
		}
		life.inFlight = null;
		// an end that was decided on before keeps its reason
		end(life, cutOff(run), (life.stopReason != null) ? life.stopReason : reason);
	}

	/**
	 * Something that a life had scheduled failed where no publisher could tell.
	 * @param life the life
	 * @param error what it failed with
	 */
	void crashFromOutside(Incarnation life, Throwable error) {
		// in a cleanup, only an error that Reactor lets escape can leave a publisher
		// without
		// end
		boolean cleaningUp = life.phase() == Phase.CLEANING_UP;
		if (life != this.cell.current() || (cleaningUp && !Exceptions.isJvmFatal(error))) {
			this.cell.dropStale(life, "error");
			return;
		}
		HandlerRun run = life.inFlight;
		life.inFlight = null;
		Envelope inHand = (run != null) ? cutOff(run) : null;
		if (life.phase() == Phase.STARTING) {
			startSettled(life, error);
		}
		else if (cleaningUp) {
			exited(life, ExitReason.crash(error));
		}
		else {
			crash(life, inHand, error);
		}
	}

	/**
	 * A handler that was cut off has taken too long: it is a crash, as if it had failed.
	 * @param run the call of the handler
	 * @param error what to end with
	 */
	void overdue(HandlerRun run, Throwable error) {
		Incarnation life = run.incarnation();
		if (life == this.cell.current() && life.inFlight == run) {
			life.inFlight = null;
			crash(life, run.unanswered(), error);
		}
	}

	/**
	 * Act upon the end of a life that the current one is linked to. If that one has not
	 * begun yet, it does so when it begins.
	 * @param link this life's end of the link
	 */
	void hear(LinkEnd link) {
		Incarnation life = this.cell.current();
		Terminated end = link.underWay();
		if (life == null || life.incarnation() != link.life() || end == null || this.cell.isKillPending()) {
			return;
		}
		Function<Terminated, ?> listener = this.cell.spec().onLinkedExit();
		if (listener != null) {
			this.cell.deliver(new Notice(this.cell, link.life(), end, listener, link));
		}
		else if (link.claim(end)) {
			endAtOnce(life, end.reason(), link.sentAt);
		}
	}

	private void endAtOnce(Incarnation life, ExitReason reason, long since) {
		if (life.phase() == Phase.CLEANING_UP) {
			return;
		}
		HandlerRun run = life.inFlight;
		life.inFlight = null;
		Envelope inHand = (run != null) ? cutOff(run) : null;
		if (life.phase() == Phase.RUNNING) {
			Duration limit = this.cell.timeToEnd();
			if (limit != null) {
				Duration spent = Duration.ofNanos(this.cell.system.nanos() - since);
				this.cell.killAfter(limit, spent, life.incarnation());
			}
			// an end that was decided on before keeps its reason
			end(life, inHand, (life.stopReason != null) ? life.stopReason : reason);
		}
		else if (life.decideStart()) {
			startFailed(life, reason);
		}
	}

	private void crash(Incarnation life, @Nullable Envelope envelope, Throwable error) {
		end(life, envelope, ExitReason.crash(error));
	}

	private void end(Incarnation life, @Nullable Envelope envelope, ExitReason reason) {
		// first what must happen, then what runs somebody's code
		life.enter(Phase.CLEANING_UP);
		life.stopReason = reason;
		life.tally().crashed(evidence(envelope));
		if (envelope != null) {
			cutOff(envelope, life.incarnation(), reason);
		}
		cleanUp(life, reason);
	}

	/**
	 * A message was in hand when its life ended.
	 * @param envelope the message
	 * @param incarnation the life
	 * @param reason why it ended
	 */
	private void cutOff(Envelope envelope, long incarnation, ExitReason reason) {
		if (this.cell.spec().redelivers()) {
			this.cell.stash().giveBack(envelope);
		}
		else {
			tellAsker(envelope, incarnation, reason);
		}
	}

	private void cleanUp(Incarnation life, ExitReason reason) {
		life.enter(Phase.CLEANING_UP);
		life.stopReason = reason;
		Duration limit = this.cell.timeToEnd();
		if (limit != null) {
			this.cell.killAfter(limit, life.incarnation());
		}
		Behaviour<Object> behaviour = Objects.requireNonNull(life.behaviour, "a running agent behaves");
		call(life, null, (run) -> behaviour.onStop(reason, life));
	}

	private void exited(Incarnation life, ExitReason reason) {
		over(life);
		this.cell.reportExited(life.incarnation(), reason, evidenceOf(life));
		tellOwed(life, reason);
	}

	private CrashEvidence evidence(@Nullable Envelope inHand) {
		return new CrashEvidence(inHand, this.cell.waiting());
	}

	private CrashEvidence evidenceOf(Incarnation life) {
		Tally tally = life.tallied();
		CrashEvidence known = (tally != null) ? tally.takeEvidence() : null;
		return (known != null) ? known : evidence(null);
	}

	private void over(Incarnation life) {
		this.cell.ended();
		life.end();
		Tally tally = life.tallied();
		if (tally != null && !tally.isResting()) {
			tally.rest(this.cell.system.nanos());
		}
		if (life.behaviour != null) {
			this.cell.previous = life.behaviour;
		}
		traceLife(TraceKind.ENDED, life);
		unstashAll();
	}

	private void unstashAll() {
		Stash aside = this.cell.stashed();
		if (aside != null) {
			aside.release();
		}
	}

	/**
	 * Tell those to whom a life still owes something that nothing will come. Each is told
	 * by a signal of its own, so whoever holds the thread up holds up nobody else.
	 * @param life the life
	 * @param reason why it ended
	 */
	private void tellOwed(Incarnation life, ExitReason reason) {
		life.interventions().forEach((unmet) -> this.cell.signal((loop) -> this.cell.inform(unmet.notRunning())));
		for (Envelope envelope : life.takeOwed()) {
			this.cell.signal((loop) -> loop.tellAsker(envelope, life.incarnation(), reason));
		}
	}

	void endByForce(long incarnation, ExitReason reason) {
		Incarnation life = this.cell.current();
		if (life == null || life.incarnation() != incarnation) {
			return;
		}
		over(life);
		HandlerRun run = life.inFlight;
		if (life.phase() == Phase.STARTING) {
			this.cell.reportStartFailed(incarnation, reason, evidence(null));
		}
		else if (life.phase() == Phase.CLEANING_UP && life.stopReason instanceof ExitReason.Crash crash) {
			this.cell.reportExited(incarnation, crash, evidenceOf(life));
		}
		else {
			this.cell.reportExited(incarnation, reason,
					(run != null && run.envelope() != null) ? evidence(run.unanswered()) : evidenceOf(life));
		}
		life.inFlight = null;
		Envelope inHand = (run != null) ? cutOff(run) : null;
		tellOwed(life, reason);
		if (inHand != null) {
			cutOff(inHand, incarnation, reason);
		}
	}

	/**
	 * End a call from outside. Cancelling runs somebody's code, and nothing waits for it.
	 * @param run the call
	 * @return the message whose asker hears nothing from it any more, if there is one
	 */
	private @Nullable Envelope cutOff(HandlerRun run) {
		if (run.fence()) {
			this.cell.system.runElsewhere(run::cancelUpstream);
		}
		return run.unanswered();
	}

	private @Nullable Envelope nextWaiting() {
		Stash aside = this.cell.stashed();
		Envelope envelope = (aside != null) ? aside.poll() : null;
		return (envelope != null) ? envelope : this.cell.poll();
	}

	private void discardAll() {
		this.cell.previous = null;
		// a thread that lost its agent may have put something aside after the end
		unstashAll();
		for (Envelope envelope = nextWaiting(); envelope != null; envelope = nextWaiting()) {
			if (!this.cell.handOver(envelope)) {
				this.cell.lost(envelope);
				tellAsker(envelope, this.cell.latest(), this.cell.closeReason());
			}
		}
	}

	private void tellAsker(Envelope envelope, long incarnation, ExitReason reason) {
		if (envelope.replyTo() != null) {
			this.cell.inform(() -> envelope.fail(new AgentExitedException(this.cell.path, incarnation, reason)));
		}
	}

}
