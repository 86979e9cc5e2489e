package io.switchboard.registry;

import io.switchboard.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * An agent's subscription: messages go to its mailbox.
 */
final class AgentSubscription extends TopicSubscription {

	private final Owner subscriber;

	private final Residence residence;

	private final @Nullable Object metadata;

	AgentSubscription(KeyedEntries<TopicSubscription> all, String topic, Owner subscriber, Residence residence,
			@Nullable Object metadata) {
		super(all, topic);
		this.subscriber = subscriber;
		this.residence = residence;
		this.metadata = metadata;
	}

	@Override
	public Owner subscriber() {
		return this.subscriber;
	}

	@Override
	public @Nullable Object metadata() {
		return this.metadata;
	}

	@Override
	public SendResult tell(Object message) {
		return this.residence.tell(message);
	}

	@Override
	boolean isOver() {
		return this.residence.isOver();
	}

	/**
	 * End before the subscriber does.
	 */
	void end() {
		this.residence.unbind(this);
		dispose();
	}

}
