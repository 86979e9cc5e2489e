package io.switchboard.registry;

import reactor.core.Disposable;

/**
 * One subscription to a topic, from beginning to end.
 */
abstract class TopicSubscription implements TopicEntry, KeyedEntries.Entry, Disposable {

	private final KeyedEntries<TopicSubscription> all;

	private final String topic;

	private final long number;

	TopicSubscription(KeyedEntries<TopicSubscription> all, String topic) {
		this.all = all;
		this.topic = topic;
		this.number = all.number();
	}

	/**
	 * Whether the subscriber has ended.
	 * @return {@code true} if so
	 */
	abstract boolean isOver();

	@Override
	public String key() {
		return this.topic;
	}

	@Override
	public long number() {
		return this.number;
	}

	@Override
	public void dispose() {
		this.all.remove(this);
	}

}
