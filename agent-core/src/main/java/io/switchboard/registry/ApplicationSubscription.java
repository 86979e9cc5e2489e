package io.switchboard.registry;

import io.switchboard.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * A subscription of code that is no agent: messages of one type go to a receiver.
 *
 * @param <T> the type of message
 */
final class ApplicationSubscription<T> extends TopicSubscription {

	private final Class<T> type;

	private final Receiver<T> receiver;

	ApplicationSubscription(KeyedEntries<TopicSubscription> all, String topic, Class<T> type, Receiver<T> receiver) {
		super(all, topic);
		this.type = type;
		this.receiver = receiver;
	}

	@Override
	public @Nullable Owner subscriber() {
		return null;
	}

	@Override
	public @Nullable Object metadata() {
		return null;
	}

	@Override
	public SendResult tell(Object message) {
		if (!this.type.isInstance(message)) {
			return SendResult.UNSUPPORTED;
		}
		return this.receiver.offer(this.type.cast(message)) ? SendResult.ACCEPTED : SendResult.MAILBOX_FULL;
	}

	@Override
	boolean isOver() {
		return false;
	}

}
