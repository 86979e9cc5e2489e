package io.switchboard.test.behaviour;

import java.util.ArrayList;
import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent.DeadLetter;
import io.switchboard.event.AgentEvent.TopicMessageDropped;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.registry.Overflow;
import io.switchboard.registry.Owner;
import io.switchboard.registry.Topics;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.test.behaviour.Resident.Use;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.test.subscriber.TestSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Topics: who receives what is sent to them.
 */
class TopicTests {

	private final Resident a = new Resident("a");

	private final Resident b = new Resident("b");

	@Test
	@Conforms("O4")
	@DisplayName("the same topic several times by one and several agents: all are counted, unsubscribe drops all")
	void everySubscriptionCountsAndUnsubscribeDropsAll() {
		try (TestAgentSystem system = start()) {
			Use subscribe = (registry, self) -> registry.topics().subscribe("x", self);
			system.agent("/a").tell(subscribe);
			system.agent("/a").tell(subscribe);
			system.agent("/b").tell(subscribe);
			assertThat(topics(system).entries("x")).hasSize(3);
			assertThat(topics(system).broadcast("x", "one")).isEqualTo(3);

			system.agent("/a").tell((Use) (registry, self) -> {
				registry.topics().unsubscribe("x", self);
				return "done";
			});
			topics(system).broadcast("x", "two");

			assertThat(this.a.received).containsExactly("one", "one");
			assertThat(this.b.received).containsExactly("one", "two");
		}
	}

	@Test
	@Conforms("O7")
	@DisplayName("dispatch calls nobody for no entries, and once with all of them in the caller")
	void dispatchRunsInTheCaller() {
		try (TestAgentSystem system = start()) {
			List<Object> calls = new ArrayList<>();
			topics(system).dispatch("x", "hello", null, (entries, sender, message) -> calls.add(entries));
			assertThat(calls).isEmpty();

			subscribe(system, "x", "/a", "/b");
			topics(system).dispatch("x", "hello", null, (entries, sender, message) -> {
				calls.add(Thread.currentThread());
				calls.add(entries.size());
			});

			assertThat(calls).containsExactly(Thread.currentThread(), 2);
		}
	}

	@Test
	@Conforms("O10")
	@DisplayName("only the right topic delivers, and leaving a topic never joined is fine")
	void onlyTheRightTopicDelivers() {
		try (TestAgentSystem system = start()) {
			subscribe(system, "x", "/a");
			subscribe(system, "y", "/b");
			topics(system).unsubscribe("z", Owner.of(system.agent("/a")));

			topics(system).broadcast("x", "to x");
			topics(system).broadcast("y", "to y");

			assertThat(this.a.received).containsExactly("to x");
			assertThat(this.b.received).containsExactly("to y");
		}
	}

	@Test
	@Conforms("O11")
	@DisplayName("a sender that is a subscriber is skipped, all of this process is reached")
	void theSenderIsSkipped() {
		try (TestAgentSystem system = start()) {
			TestSubscriber<String> application = TestSubscriber.create();
			topics(system).subscribe("x", String.class, Overflow.fail(10)).subscribe(application);
			subscribe(system, "x", "/a", "/b");

			system.agent("/a").tell((Use) (registry, self) -> registry.topics().broadcastFrom("x", "hello", self));

			assertThat(this.a.received).isEmpty();
			assertThat(this.b.received).containsExactly("hello");
			assertThat(application.getReceivedOnNext()).containsExactly("hello");
		}
	}

	@Test
	@Conforms("O12")
	@DisplayName("subscribe twice, two copies; unsubscribe once, none")
	void twoSubscriptionsAreTwoCopies() {
		try (TestAgentSystem system = start()) {
			subscribe(system, "x", "/a", "/a");
			topics(system).broadcast("x", "hello");
			assertThat(this.a.received).containsExactly("hello", "hello");

			topics(system).unsubscribe("x", Owner.of(system.agent("/a")));
			topics(system).broadcast("x", "again");

			assertThat(this.a.received).hasSize(2);
		}
	}

	@Test
	@Conforms("O13")
	@DisplayName("a dispatcher sees each entry with its metadata, and the sender or none")
	void aDispatcherSeesMetadataAndSender() {
		try (TestAgentSystem system = start()) {
			topics(system).subscribe("x", place("/a"), "fast");
			topics(system).subscribe("x", place("/b"));
			List<String> seen = new ArrayList<>();

			topics(system).dispatch("x", "hello", place("/b"),
					(entries, sender, message) -> entries.forEach((entry) -> {
						seen.add(entry.subscriber() + " " + entry.metadata() + " " + sender);
						if ("fast".equals(entry.metadata())) {
							entry.tell("fast " + message);
						}
					}));
			topics(system).dispatch("x", "hello", null, (entries, sender, message) -> seen.add("" + sender));

			assertThat(seen).containsExactly("/a fast /b", "/b null /b", "null");
			assertThat(this.a.received).containsExactly("fast hello");
			assertThat(this.b.received).isEmpty();
		}
	}

	@Test
	void theSubscriptionOfALifeEndsWithItSoANewLifeMaySubscribeAgain() {
		this.a.onStart((registry, self) -> registry.topics().subscribe("x", self));
		try (TestAgentSystem system = start()) {
			system.agent("/a").tell(new ProbeFailure("told to fail"));

			topics(system).broadcast("x", "hello");

			assertThat(this.a.received).containsExactly("hello");
		}
	}

	@Test
	void theSubscriptionOfAPathStaysOverRestarts() {
		try (TestAgentSystem system = start()) {
			subscribe(system, "x", "/a");
			system.agent("/a").tell(new ProbeFailure("told to fail"));

			topics(system).broadcast("x", "hello");
			assertThat(this.a.received).containsExactly("hello");
			system.resultOf(system.supervisor("/").terminateChild("a"));

			assertThat(topics(system).broadcast("x", "too late")).isZero();
			assertThat(topics(system).all()).isEmpty();
		}
	}

	@Test
	void anAgentThatFallsBehindShowsInItsOwnWay() {
		DynamicSupervisorSpec none = DynamicSupervisorSpec.builder("none").build();
		try (TestAgentSystem system = TestAgentSystem
			.start(Trees.root(this.a.spec((spec) -> spec.mailbox(MailboxSpec.defaults().withCapacity(2))), none))) {
			subscribe(system, "x", "/a");
			system.resultOf(system.system().control(AgentPath.of("/a")).suspend());

			assertThat(topics(system).broadcast("x", 1)).isOne();
			assertThat(topics(system).broadcast("x", 2)).isOne();
			assertThat(topics(system).broadcast("x", 3)).isZero();
			system.resultOf(system.system().control(AgentPath.of("/a")).resume());

			assertThat(this.a.received).containsExactly(1, 2);
			assertThat(system.events().of(DeadLetter.class)).singleElement()
				.satisfies((letter) -> assertThat(letter.result()).isEqualTo(SendResult.MAILBOX_FULL));
		}
	}

	@Test
	void anApplicationThatFallsBehindShowsAsAnEvent() {
		try (TestAgentSystem system = start()) {
			TestSubscriber<Integer> slow = TestSubscriber.builder().initialRequest(0).build();
			topics(system).subscribe("x", Integer.class, Overflow.dropOldest(2)).subscribe(slow);

			for (int i = 1; i <= 3; i++) {
				topics(system).broadcast("x", i);
			}
			slow.request(5);

			assertThat(slow.getReceivedOnNext()).containsExactly(2, 3);
			assertThat(system.events().of(TopicMessageDropped.class)).singleElement()
				.satisfies((dropped) -> assertThat(dropped.topic()).isEqualTo("x"));
		}
	}

	@Test
	void aBroadcastStartsNobody() {
		DynamicSupervisorSpec sessions = DynamicSupervisorSpec.builder("sessions")
			.template((name) -> new Resident(name).spec())
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(sessions))) {
			assertThat(topics(system).subscribe("x", place("/sessions/one"))).isFalse();
			system.agent("/sessions/one").tell("begin");
			assertThat(topics(system).subscribe("x", place("/sessions/one"))).isTrue();
			system.resultOf(system.supervisor("/sessions").terminateChild("one"));

			assertThat(topics(system).broadcast("x", "hello")).isZero();

			assertThat(system.tree().find(AgentPath.of("/sessions/one"))).isNull();
		}
	}

	@Test
	void subscriptionsCompleteWhenTheSystemStops() {
		TestSubscriber<String> subscriber = TestSubscriber.create();
		try (TestAgentSystem system = start()) {
			topics(system).subscribe("x", String.class, Overflow.fail(10)).subscribe(subscriber);
			topics(system).broadcast("x", "hello");
		}

		assertThat(subscriber.getReceivedOnNext()).containsExactly("hello");
		assertThat(subscriber.isTerminatedComplete()).isTrue();
	}

	private TestAgentSystem start() {
		return TestAgentSystem.start(Trees.root(this.a.spec(), this.b.spec()));
	}

	private static void subscribe(TestAgentSystem system, String topic, String... paths) {
		for (String path : paths) {
			assertThat(topics(system).subscribe(topic, place(path))).isTrue();
		}
	}

	private static Topics topics(TestAgentSystem system) {
		return system.system().registry().topics();
	}

	private static Owner place(String path) {
		return Owner.at(AgentPath.of(path));
	}

}
