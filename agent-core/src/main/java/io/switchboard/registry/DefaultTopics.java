package io.switchboard.registry;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.switchboard.AgentPath;
import io.switchboard.event.AgentEvent.TopicMessageDropped;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * Topics as lists of subscriptions. Whoever sends goes through the list.
 */
final class DefaultTopics implements Topics {

	private final Residents residents;

	private final KeyedEntries<TopicSubscription> subscriptions = new KeyedEntries<>();

	DefaultTopics(Residents residents) {
		this.residents = residents;
	}

	@Override
	public boolean subscribe(String topic, Owner subscriber, @Nullable Object metadata) {
		checkTopic(topic);
		Objects.requireNonNull(subscriber, "'subscriber' must not be null");
		Residence residence = this.residents.find(subscriber);
		if (residence == null) {
			return false;
		}
		AgentSubscription subscription = new AgentSubscription(this.subscriptions, topic, subscriber, residence,
				metadata);
		this.subscriptions.add(subscription);
		residence.bind(subscription);
		return !residence.isOver();
	}

	@Override
	public void unsubscribe(String topic, Owner subscriber) {
		checkTopic(topic);
		Objects.requireNonNull(subscriber, "'subscriber' must not be null");
		for (TopicSubscription subscription : this.subscriptions.of(topic)) {
			if (subscription instanceof AgentSubscription agent && subscriber.actsFor(agent.subscriber())) {
				agent.end();
			}
		}
	}

	@Override
	public <T> Flux<T> subscribe(String topic, Class<T> type, Overflow overflow) {
		checkTopic(topic);
		Objects.requireNonNull(type, "'type' must not be null");
		Objects.requireNonNull(overflow, "'overflow' must not be null");
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super T> subscriber) {
				Receiver<T> receiver = new Receiver<>(subscriber, "topic '%s'".formatted(topic), overflow,
						DefaultTopics.this.residents, (message) -> dropped(topic, message));
				TopicSubscription subscription = new ApplicationSubscription<>(DefaultTopics.this.subscriptions, topic,
						type, receiver);
				receiver.begin(() -> DefaultTopics.this.subscriptions.add(subscription), subscription::dispose);
			}

		};
	}

	private void dropped(String topic, Object message) {
		this.residents.emit(new TopicMessageDropped(AgentPath.ROOT, topic, message.getClass(), this.residents.now()));
	}

	@Override
	public int broadcast(String topic, Object message) {
		return send(topic, message, null);
	}

	@Override
	public int broadcastFrom(String topic, Object message, Owner sender) {
		return send(topic, message, Objects.requireNonNull(sender, "'sender' must not be null").path());
	}

	private int send(String topic, Object message, @Nullable AgentPath skipped) {
		checkTopic(topic);
		Objects.requireNonNull(message, "'message' must not be null");
		int taken = 0;
		for (TopicSubscription subscription : this.subscriptions.of(topic)) {
			Owner subscriber = subscription.subscriber();
			boolean skip = subscriber != null && subscriber.path().equals(skipped);
			if (!skip && !subscription.isOver() && subscription.tell(message).isAccepted()) {
				taken++;
			}
		}
		return taken;
	}

	@Override
	public void dispatch(String topic, Object message, @Nullable Owner sender, Dispatcher dispatcher) {
		Objects.requireNonNull(message, "'message' must not be null");
		Objects.requireNonNull(dispatcher, "'dispatcher' must not be null");
		List<TopicEntry> entries = entries(topic);
		if (!entries.isEmpty()) {
			dispatcher.dispatch(entries, sender, message);
		}
	}

	@Override
	public List<TopicEntry> entries(String topic) {
		checkTopic(topic);
		return this.subscriptions.of(topic)
			.stream()
			.filter((subscription) -> !subscription.isOver())
			.<TopicEntry>map((subscription) -> subscription)
			.toList();
	}

	@Override
	public Set<String> all() {
		return this.subscriptions.keys();
	}

	private static void checkTopic(String topic) {
		Objects.requireNonNull(topic, "'topic' must not be null");
	}

}
