package io.switchboard.runtime;

import java.time.Duration;
import java.util.function.Consumer;

import io.switchboard.ExitReason;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent.DeadLetter;
import io.switchboard.mailbox.Admission;
import io.switchboard.mailbox.Mailbox;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.tree.MailboxState;
import io.switchboard.tree.NodeStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The senders' side of an agent: what gets in, and what becomes of what does not.
 * Outlives the incarnations behind it.
 */
final class AgentInbox implements Consumer<Envelope> {

	private static final Logger logger = LoggerFactory.getLogger(AgentInbox.class);

	private final AgentCell cell;

	private final Mailbox<Envelope> mailbox;

	/**
	 * Why nothing comes in any more, or {@code null} while it does.
	 */
	private volatile @Nullable ExitReason closeReason;

	AgentInbox(AgentCell cell) {
		this.cell = cell;
		this.mailbox = new Mailbox<>(cell.spec().mailbox());
	}

	/**
	 * Let a message in if it may come in, and wake the agent if need be.
	 * @param envelope the message
	 * @return what became of it
	 */
	SendResult offer(Envelope envelope) {
		if (isClosed()) {
			return SendResult.NO_PROCESS;
		}
		if (this.cell.system.isStopping() && isDownForGood(this.cell.child().status)) {
			return SendResult.STOPPING;
		}
		if (!(envelope.message() instanceof Reminder) && !supports(envelope.message())) {
			return SendResult.UNSUPPORTED;
		}
		Admission admission = this.mailbox.offer(envelope, this);
		if (admission == Admission.FIRST) {
			this.cell.wake();
		}
		return (admission != Admission.REFUSED) ? SendResult.ACCEPTED : SendResult.MAILBOX_FULL;
	}

	/**
	 * Let the news of an end in, which nothing keeps out and no room is needed for.
	 * Whoever calls has to wake the agent.
	 * @param notice the news
	 */
	void admit(Envelope notice) {
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

	boolean supports(Object message) {
		return this.cell.spec().takes(message);
	}

	@Nullable Envelope poll() {
		return this.mailbox.poll();
	}

	boolean isEmpty() {
		return this.mailbox.isEmpty();
	}

	boolean isFull() {
		return this.mailbox.size() >= this.mailbox.capacity();
	}

	int size() {
		return this.mailbox.size();
	}

	MailboxState state() {
		Envelope oldest = this.mailbox.peek();
		return new MailboxState(this.mailbox.size(), this.mailbox.capacity(),
				(oldest != null) ? Duration.ofNanos(Math.max(0, this.cell.system.nanos() - oldest.sentAt())) : null);
	}

	/**
	 * Go by other bounds. What waits stays.
	 * @param bounds the bounds
	 */
	void renew(MailboxSpec bounds) {
		this.mailbox.change(bounds);
	}

	void open() {
		this.closeReason = null;
	}

	void close(ExitReason reason) {
		this.closeReason = reason;
	}

	boolean isClosed() {
		return this.closeReason != null;
	}

	ExitReason closeReason() {
		ExitReason reason = this.closeReason;
		return (reason != null) ? reason : ExitReason.noProcess();
	}

	/**
	 * A message that had got in reaches nobody.
	 * @param envelope the message
	 */
	void lost(Envelope envelope) {
		if (envelope.message() instanceof Notice notice) {
			if (notice.claim()) {
				this.cell.dropStale(notice.life(), "notice");
			}
			return;
		}
		notTaken(envelope, SendResult.ACCEPTED);
	}

	void notTaken(Envelope envelope, SendResult result) {
		this.cell.system.emit(new DeadLetter(this.cell.path, envelope.messageType(), result, this.cell.system.now()));
	}

	/**
	 * A message had to go for a newer one.
	 * @param oldest the message
	 */
	@Override
	public void accept(Envelope oldest) {
		lost(oldest);
		try {
			oldest.fail(Rejections.overflowed(this.cell.path, this.mailbox.capacity()));
		}
		catch (Throwable ex) {
			// it is the sender's thread, and the sender has nothing to do with it
			Fatal.tell(ex);
			logger.error("Somebody who waited for agent '{}' failed when told", this.cell.path, ex);
		}
	}

}
