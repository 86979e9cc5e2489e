package io.switchboard.runtime;

import java.time.Duration;
import java.util.function.Consumer;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent.DeadLetter;
import io.switchboard.mailbox.Admission;
import io.switchboard.mailbox.Mailbox;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.tree.MailboxState;
import io.switchboard.tree.NodeStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The senders' side of an agent: what gets in, and what becomes of what does not.
 * Outlives the incarnations behind it.
 */
abstract class AgentInbox extends Cell implements Consumer<Envelope> {

	private static final Logger logger = LoggerFactory.getLogger(AgentInbox.class);

	/**
	 * What the current life was made from, or the latest one if there is none.
	 */
	private volatile AgentSpec<Object> spec;

	private final Mailbox<Envelope> mailbox;

	/**
	 * What is to come once all that waits is handled, or {@code null} unless the agent
	 * takes no more.
	 */
	private volatile @Nullable Draining draining;

	/**
	 * Why nothing comes in any more, or {@code null} while it does.
	 */
	private volatile @Nullable ExitReason closeReason;

	AgentInbox(DefaultAgentSystem system, AgentPath path, Child child, ChildReports reports, AgentSpec<Object> spec) {
		super(system, path, child, reports);
		this.spec = spec;
		this.mailbox = new Mailbox<>(spec.mailbox());
	}

	/**
	 * Say that there may be something to do that came neither as a message nor as a
	 * signal.
	 */
	abstract void wake();

	abstract void dropStale(long incarnation, String what);

	final AgentSpec<Object> spec() {
		return this.spec;
	}

	/**
	 * Let a message in if it may come in, and wake the agent if need be.
	 * @param envelope the message
	 * @return what became of it
	 */
	protected final SendResult offer(Envelope envelope) {
		if (isClosed()) {
			return SendResult.NO_PROCESS;
		}
		if (this.system.isStopping() && isDownForGood(child().status)) {
			return SendResult.STOPPING;
		}
		if (this.draining != null && !(envelope instanceof Reminder)) {
			return SendResult.STOPPING;
		}
		if (!(envelope instanceof Reminder) && !supports(envelope.message())) {
			return SendResult.UNSUPPORTED;
		}
		Admission admission = this.mailbox.offer(envelope, this);
		if (admission == Admission.FIRST) {
			wake();
		}
		return (admission != Admission.REFUSED) ? SendResult.ACCEPTED : SendResult.MAILBOX_FULL;
	}

	/**
	 * Let the news of an end in, which nothing keeps out and no room is needed for.
	 * Whoever calls has to wake the agent.
	 * @param notice the news
	 */
	protected final void admit(Notice notice) {
		this.mailbox.offerUncounted(notice);
	}

	/**
	 * While the system stops, who is down does not come back.
	 * @param status the agent's status
	 * @return whether it is down, or on its way there
	 */
	private static boolean isDownForGood(NodeStatus status) {
		return status == NodeStatus.STOPPING || status == NodeStatus.STOPPED;
	}

	final boolean supports(Object message) {
		return this.spec.takes(message);
	}

	final @Nullable Envelope poll() {
		return this.mailbox.poll();
	}

	final boolean isFull() {
		return this.mailbox.size() >= this.mailbox.capacity();
	}

	final int waiting() {
		return this.mailbox.size();
	}

	final MailboxState mailboxState() {
		long oldest = oldestWait();
		return new MailboxState(this.mailbox.size(), this.mailbox.capacity(),
				(oldest >= 0) ? Duration.ofNanos(oldest) : null);
	}

	/**
	 * How long the first message has waited.
	 * @return the time in nanoseconds, less than zero if none waits
	 */
	final long oldestWait() {
		Envelope oldest = this.mailbox.peek();
		return (oldest != null) ? Math.max(0, this.system.nanos() - oldest.sentAt()) : -1;
	}

	/**
	 * Go by another specification. What waits stays.
	 * @param latest the specification
	 */
	protected final void renew(AgentSpec<Object> latest) {
		this.spec = latest;
		this.mailbox.change(latest.mailbox());
	}

	/**
	 * A life begins. It goes on with what the one before was to finish, but takes
	 * messages if that one was only waiting for its end.
	 */
	final void open() {
		this.closeReason = null;
		Draining before = this.draining;
		if (before != null && before.isDone()) {
			this.draining = null;
		}
	}

	protected final void shut(ExitReason reason) {
		this.closeReason = reason;
		Draining unmet = this.draining;
		this.draining = null;
		if (unmet != null) {
			unmet.cutShort();
		}
	}

	/**
	 * What is to come once all that waits is handled.
	 * @return that, or {@code null} unless the agent takes no more
	 */
	final @Nullable Draining draining() {
		return this.draining;
	}

	/**
	 * Take no more messages from others. Called in the lane.
	 * @param asker who is to be told when all that waits is handled
	 */
	final void beginDraining(PendingAnswer<?> asker) {
		Draining before = this.draining;
		Draining begun = (before != null) ? before : new Draining(this);
		begun.add(asker);
		if (isClosed()) {
			begun.cutShort();
		}
		else {
			this.draining = begun;
		}
	}

	@Override
	final boolean isClosed() {
		return this.closeReason != null;
	}

	final ExitReason closeReason() {
		ExitReason reason = this.closeReason;
		return (reason != null) ? reason : ExitReason.noProcess();
	}

	/**
	 * A message that had got in reaches nobody.
	 * @param envelope the message
	 */
	final void lost(Envelope envelope) {
		if (envelope instanceof Notice notice) {
			if (notice.claim()) {
				dropStale(notice.life(), "notice");
			}
			return;
		}
		notTaken(envelope, SendResult.ACCEPTED);
	}

	final void notTaken(Envelope envelope, SendResult result) {
		this.system.emit(new DeadLetter(this.path, envelope.messageType(), result, this.system.now()));
	}

	/**
	 * A message had to go for a newer one.
	 * @param oldest the message
	 */
	@Override
	public final void accept(Envelope oldest) {
		lost(oldest);
		try {
			oldest.fail(Rejections.overflowed(this.path, this.mailbox.capacity()));
		}
		catch (Throwable ex) {
			// it is the sender's thread, and the sender has nothing to do with it
			Fatal.tell(ex);
			logger.error("Somebody who waited for agent '{}' failed when told", this.path, ex);
		}
	}

}
