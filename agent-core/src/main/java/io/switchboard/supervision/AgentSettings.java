package io.switchboard.supervision;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.function.Function;

import io.switchboard.Terminated;
import io.switchboard.mailbox.MailboxSpec;
import org.jspecify.annotations.Nullable;

/**
 * What agents of one kind have in common. There may be a million of a kind, specified one
 * by one, so equal settings are the same object where that is easily found out.
 *
 * @param restart which of its ends are answered with a restart
 * @param shutdown how long it may take to stop
 * @param significant whether its end can end its supervisor
 * @param messageTypes the types of message it takes; never changed
 * @param mailbox the queue in front of it
 * @param limits how long a start and a handler may take
 * @param blocking whether its methods block their thread
 * @param redelivers whether its next life handles the message that a life did not end
 * @param stopsAtOnce whether a stop cuts off what it is doing
 * @param version the version of its definition
 * @param onLinkedExit makes the message that tells it of a linked partner's end, or
 * {@code null}
 */
@SuppressWarnings("ArrayRecordComponent") // read for each message, and never handed out
record AgentSettings(Restart restart, Shutdown shutdown, boolean significant, Class<?>[] messageTypes,
		MailboxSpec mailbox, TimeLimits limits, boolean blocking, boolean redelivers, boolean stopsAtOnce,
		String version, @Nullable Function<Terminated, ?> onLinkedExit) {

	private static final ClassValue<Kind> KINDS = new ClassValue<>() {

		@Override
		protected Kind computeValue(Class<?> type) {
			return new Kind(type);
		}

	};

	static Class<?>[] only(Class<?> messageType) {
		return KINDS.get(messageType).only;
	}

	boolean takes(Object message) {
		for (Class<?> type : this.messageTypes) {
			if (type.isInstance(message)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Find equal settings.
	 * @return those of the agent specified before with the same first type of message, if
	 * they are equal, else these
	 */
	AgentSettings shared() {
		Kind kind = KINDS.get(this.messageTypes[0]);
		AgentSettings latest = kind.latest.get();
		if (latest != null && isEqual(latest)) {
			return latest;
		}
		kind.latest = new WeakReference<>(this);
		return this;
	}

	private boolean isEqual(AgentSettings other) {
		return this.restart == other.restart && this.significant == other.significant && this.blocking == other.blocking
				&& this.redelivers == other.redelivers && this.stopsAtOnce == other.stopsAtOnce
				&& this.onLinkedExit == other.onLinkedExit && Arrays.equals(this.messageTypes, other.messageTypes)
				&& this.mailbox.equals(other.mailbox) && this.shutdown.equals(other.shutdown)
				&& this.limits.equals(other.limits) && this.version.equals(other.version);
	}

	/**
	 * Agents by the first type of message they take.
	 */
	private static final class Kind {

		final Class<?>[] only;

		/**
		 * Weak, as the type may outlive the code of those who take its messages.
		 */
		volatile WeakReference<@Nullable AgentSettings> latest = new WeakReference<>(null);

		Kind(Class<?> type) {
			this.only = new Class<?>[] { type };
		}

	}

}
