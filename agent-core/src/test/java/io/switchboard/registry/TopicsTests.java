package io.switchboard.registry;

import java.util.ArrayList;
import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent.TopicMessageDropped;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Topics}.
 */
class TopicsTests {

	private final TestResidents residents = new TestResidents();

	private final Topics topics = this.residents.registry.topics();

	private final Owner a = this.residents.life("/a", 1);

	private final Owner b = this.residents.life("/b", 1);

	@Test
	void onlyTheRightTopicDelivers() {
		this.topics.subscribe("x", this.a);
		this.topics.subscribe("y", this.b);

		int taken = this.topics.broadcast("x", "hello");

		assertThat(taken).isOne();
		assertThat(inbox(this.a)).containsExactly("hello");
		assertThat(inbox(this.b)).isEmpty();
		assertThat(this.topics.broadcast("z", "nobody")).isZero();
		assertThat(this.topics.all()).containsExactly("x", "y");
	}

	@Test
	void unsubscribingFromATopicNeverJoinedIsFine() {
		this.topics.unsubscribe("x", this.a);

		assertThat(this.topics.entries("x")).isEmpty();
	}

	@Test
	void whoeverSubscribesTwiceReceivesTwiceAndUnsubscribesOnce() {
		this.topics.subscribe("x", this.a);
		this.topics.subscribe("x", this.a);
		this.topics.subscribe("x", this.b);

		assertThat(this.topics.broadcast("x", 1)).isEqualTo(3);
		this.topics.unsubscribe("x", this.a);
		assertThat(this.topics.broadcast("x", 2)).isOne();

		assertThat(inbox(this.a)).containsExactly(1, 1);
		assertThat(inbox(this.b)).containsExactly(1, 2);
		assertThat(this.residents.at(this.a).bound.size()).isZero();
	}

	@Test
	void theSenderIsSkippedHoweverItIsSubscribed() {
		Owner place = this.residents.place("/a");
		this.topics.subscribe("x", this.a);
		this.topics.subscribe("x", place);
		this.topics.subscribe("x", this.b);

		int taken = this.topics.broadcastFrom("x", "hello", this.a);

		assertThat(taken).isOne();
		assertThat(inbox(this.a)).isEmpty();
		assertThat(inbox(place)).isEmpty();
		assertThat(inbox(this.b)).containsExactly("hello");
	}

	@Test
	void theDeadReceiveNothing() {
		TestResidents.TestResidence grave = this.residents.at(this.a);
		this.topics.subscribe("x", this.a);

		this.residents.die(this.a);
		assertThat(this.topics.broadcast("x", "before the cleaning")).isZero();
		this.residents.end(this.a);
		assertThat(this.topics.broadcast("x", "after")).isZero();

		assertThat(grave.inbox).isEmpty();
		assertThat(this.topics.all()).isEmpty();
		assertThat(this.topics.subscribe("x", this.a)).isFalse();
	}

	@Test
	void aDispatcherSeesEachEntryWithItsMetadataAndTheSender() {
		this.topics.subscribe("x", this.a, "json");
		this.topics.subscribe("x", this.b);
		List<String> seen = new ArrayList<>();
		Dispatcher dispatcher = (entries, sender, message) -> entries.forEach((entry) -> seen.add("%s %s from %s: %s"
			.formatted(entry.subscriber(), entry.metadata(), describe(sender), entry.tell(message))));

		this.topics.dispatch("x", "hello", this.b, dispatcher);
		this.topics.dispatch("x", "again", null, dispatcher);

		assertThat(seen).containsExactly("/a#1 json from /b#1: ACCEPTED", "/b#1 null from /b#1: ACCEPTED",
				"/a#1 json from none: ACCEPTED", "/b#1 null from none: ACCEPTED");
		assertThat(inbox(this.b)).containsExactly("hello", "again");
	}

	@Test
	void aDispatcherIsCalledOnceInTheCallerAndNotForNobody() {
		List<Thread> called = new ArrayList<>();
		Dispatcher dispatcher = (entries, sender, message) -> called.add(Thread.currentThread());

		this.topics.dispatch("x", "hello", null, dispatcher);
		assertThat(called).isEmpty();
		for (int i = 0; i < 100; i++) {
			this.topics.subscribe("x", this.a);
		}
		this.topics.dispatch("x", "hello", null, dispatcher);

		assertThat(called).containsExactly(Thread.currentThread());
	}

	@Test
	void anApplicationReceivesWhatIsSentFromThenOn() {
		this.topics.broadcast("x", "too early");
		TestSubscriber<String> subscriber = TestSubscriber.create();
		this.topics.subscribe("x", String.class, Overflow.dropNewest(10)).subscribe(subscriber);

		assertThat(this.topics.broadcast("x", "hello")).isOne();
		assertThat(this.topics.broadcast("x", 42)).isZero();
		subscriber.cancel();
		assertThat(this.topics.broadcast("x", "too late")).isZero();

		assertThat(subscriber.getReceivedOnNext()).containsExactly("hello");
		assertThat(this.topics.all()).isEmpty();
		assertThat(this.residents.boundToSystem()).isZero();
	}

	@Test
	void anApplicationsEntryHasNoSubscriberAndNoMetadata() {
		this.topics.subscribe("x", String.class, Overflow.dropNewest(10)).subscribe(TestSubscriber.create());

		assertThat(this.topics.entries("x")).singleElement().satisfies((entry) -> {
			assertThat(entry.subscriber()).isNull();
			assertThat(entry.metadata()).isNull();
			assertThat(entry.tell(42)).isEqualTo(SendResult.UNSUPPORTED);
		});
	}

	@Test
	void theNewestAreDroppedForASlowSubscriber() {
		TestSubscriber<Integer> slow = slow(Overflow.dropNewest(2));

		broadcastFive();
		slow.request(10);

		assertThat(slow.getReceivedOnNext()).containsExactly(1, 2);
		assertThat(slow.isTerminated()).isFalse();
		assertThat(this.residents.events).hasSize(3)
			.contains(new TopicMessageDropped(AgentPath.ROOT, "x", Integer.class, this.residents.now()));
	}

	@Test
	void theOldestAreDroppedForASlowSubscriber() {
		TestSubscriber<Integer> slow = slow(Overflow.dropOldest(2));

		broadcastFive();
		slow.request(10);

		assertThat(slow.getReceivedOnNext()).containsExactly(4, 5);
		assertThat(this.residents.events).hasSize(3).hasOnlyElementsOfType(TopicMessageDropped.class);
	}

	@Test
	void aSlowSubscriberFailsIfItWantsTo() {
		TestSubscriber<Integer> slow = slow(Overflow.fail(2));

		broadcastFive();
		assertThat(this.topics.all()).isEmpty();
		slow.request(10);

		assertThat(slow.getReceivedOnNext()).containsExactly(1, 2);
		assertThat(slow.expectTerminalError()).isInstanceOf(SubscriberOverflowException.class)
			.hasMessageContaining("topic 'x'")
			.hasMessageContaining("2 elements wait");
		assertThat(this.residents.events).hasSize(1);
	}

	@Test
	void aSubscriberReceivesAsManyAsItWants() {
		TestSubscriber<Integer> slow = slow(Overflow.fail(10));

		broadcastFive();
		slow.request(2);
		assertThat(slow.getReceivedOnNext()).containsExactly(1, 2);
		slow.request(1);

		assertThat(slow.getReceivedOnNext()).containsExactly(1, 2, 3);
	}

	@Test
	void moreThanABatchIsHandedOver() {
		TestSubscriber<Integer> slow = slow(Overflow.fail(1000));

		for (int i = 0; i < 1000; i++) {
			this.topics.broadcast("x", i);
		}
		slow.request(Long.MAX_VALUE);

		assertThat(slow.getReceivedOnNext()).hasSize(1000).isSorted();
	}

	@Test
	void subscriptionsCompleteWithTheSystem() {
		TestSubscriber<Integer> before = slow(Overflow.dropNewest(2));
		this.topics.broadcast("x", 1);

		this.residents.endSystem();
		TestSubscriber<Integer> after = slow(Overflow.dropNewest(2));

		assertThat(after.isTerminatedComplete()).isTrue();
		assertThat(before.isTerminated()).isFalse();
		before.request(1);
		assertThat(before.getReceivedOnNext()).containsExactly(1);
		assertThat(before.isTerminatedComplete()).isTrue();
		assertThat(this.topics.all()).isEmpty();
	}

	@Test
	void aSubscriberThatThrowsIsSubscribedNoMore() {
		this.topics.subscribe("x", Integer.class, Overflow.dropNewest(2)).subscribe(new ThrowingSubscriber());

		this.topics.broadcast("x", 1);

		assertThat(this.topics.all()).isEmpty();
	}

	@Test
	void aCapacityBelowOneIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Overflow.dropNewest(0))
			.withMessageContaining("Capacity 0")
			.withMessageContaining("at least 1");
	}

	private TestSubscriber<Integer> slow(Overflow overflow) {
		TestSubscriber<Integer> subscriber = TestSubscriber.builder().initialRequest(0).build();
		this.topics.subscribe("x", Integer.class, overflow).subscribe(subscriber);
		return subscriber;
	}

	private void broadcastFive() {
		for (int i = 1; i <= 5; i++) {
			this.topics.broadcast("x", i);
		}
	}

	private List<Object> inbox(Owner owner) {
		return this.residents.at(owner).inbox;
	}

	private static String describe(@Nullable Owner sender) {
		return (sender != null) ? sender.toString() : "none";
	}

}
