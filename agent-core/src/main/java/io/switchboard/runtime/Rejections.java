package io.switchboard.runtime;

import io.switchboard.AgentPath;
import io.switchboard.MessageRejectedException;
import io.switchboard.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * Words the reasons why a message was not taken.
 */
final class Rejections {

	private Rejections() {
	}

	static MessageRejectedException of(AgentPath path, SendResult result, Object message, @Nullable Cell cell) {
		String detail = switch (result) {
			case MAILBOX_FULL -> "its mailbox is full%s; send it later, or give it a larger mailbox"
				.formatted((cell instanceof AgentCell agent)
						? " (" + agent.mailboxState().capacity() + " messages wait)" : "");
			case UNSUPPORTED -> "it takes %s, not %s".formatted((cell instanceof AgentCell agent)
					? agent.spec().messageTypes().stream().map(Class::getName).sorted().toList() : "other messages",
					message.getClass().getName());
			case STOPPING -> "the system is stopping";
			case NO_PROCESS -> "nothing lives there; is the path right, and has its supervisor given up?";
			case STALE -> "the life that sent it was ended by force, and only its thread is left";
			case ACCEPTED -> throw new IllegalArgumentException("an accepted message was not rejected");
		};
		return new MessageRejectedException(path, result, detail);
	}

	static MessageRejectedException overflowed(AgentPath path, int capacity) {
		return new MessageRejectedException(path, SendResult.MAILBOX_FULL,
				"its mailbox was full (%d messages) and dropped this one, the oldest, for a newer one"
					.formatted(capacity));
	}

}
