package io.switchboard.test.behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.switchboard.AgentRef;
import io.switchboard.MessageRejectedException;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.mailbox.OverflowPolicy;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.test.AgentProbe;
import io.switchboard.test.ProbeCommand;
import io.switchboard.test.ProbeEvent;
import io.switchboard.test.Probes;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * How messages wait and in which order they are handled.
 */
class MailboxTests {

	private final Probes probes = new Probes();

	private final AgentProbe probe = this.probes.agent("a");

	@Test
	void nextMessageWaitsUntilThePublisherHasEnded() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			List<String> log = new ArrayList<>();
			Sinks.Empty<Void> first = Sinks.empty();
			Sinks.Empty<Void> second = Sinks.empty();
			system.agent("/a").tell((Act) (context) -> {
				log.add("first");
				return first.asMono();
			});
			system.agent("/a").tell((Act) (context) -> {
				log.add("second");
				return second.asMono();
			});
			TestSubscriber<String> third = TestSubscriber.create();
			system.agent("/a").ask("third", String.class).subscribe(third);
			assertThat(log).containsExactly("first");
			assertThat(system.tree()).hasNode("/a").withMailboxSize(2);

			first.tryEmitEmpty();
			assertThat(log).containsExactly("first", "second");
			assertThat(third.isTerminated()).isFalse();
			second.tryEmitEmpty();

			assertThat(third.getReceivedOnNext()).containsExactly("third");
		}
	}

	@Test
	void messagesOfOneSenderKeepTheirOrder() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.probe.spec()))) {
			AgentRef<Object> ref = system.agent("/a");
			AgentRef<Object> again = system.agent("/a");
			for (int i = 0; i < 100; i++) {
				((i % 2 == 0) ? ref : again).tell(i);
			}

			assertThat(this.probes.entries()).filteredOn((entry) -> entry.event() == ProbeEvent.MESSAGE)
				.extracting((entry) -> (Integer) entry.detail())
				.hasSize(100)
				.isSorted();
		}
	}

	@Test
	void messageAnAgentSendsItselfGoesBehindThoseThatWait() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			List<String> log = new ArrayList<>();
			Act note = (context) -> Mono.fromRunnable(() -> log.add("note to self"));
			Sinks.Empty<Void> gate = Sinks.empty();
			system.agent("/a").tell((Act) (context) -> gate.asMono());
			system.agent("/a").tell((Act) (context) -> {
				context.self().tell(note);
				return Mono.fromRunnable(() -> log.add("first"));
			});
			system.agent("/a").tell((Act) (context) -> Mono.fromRunnable(() -> log.add("second")));

			gate.tryEmitEmpty();

			assertThat(log).containsExactly("first", "second", "note to self");
		}
	}

	@Test
	void fullMailboxTurnsNewMessagesAway() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(small(OverflowPolicy.REJECT)))) {
			AgentRef<Object> ref = system.agent("/a");
			ref.tell(ProbeCommand.hang());
			assertThat(ref.tell("one")).isEqualTo(SendResult.ACCEPTED);
			assertThat(ref.tell("two")).isEqualTo(SendResult.ACCEPTED);

			assertThat(ref.tell("three")).isEqualTo(SendResult.MAILBOX_FULL);

			assertThat(system.failureOf(ref.ask("four", String.class)))
				.isInstanceOfSatisfying(MessageRejectedException.class, (ex) -> {
					assertThat(ex.result()).isEqualTo(SendResult.MAILBOX_FULL);
					assertThat(ex).hasMessageContaining("/a").hasMessageContaining("2 messages wait");
				});
			assertThat(system.failureOf(ref.stream("five", String.class).next()))
				.isInstanceOf(MessageRejectedException.class);
			assertThat(system.tree()).hasNode("/a")
				.withStatus(NodeStatus.RUNNING)
				.withIncarnation(1)
				.withMailboxSize(2);
			assertThat(system.events().of(AgentEvent.DeadLetter.class)).hasSize(3)
				.allSatisfy((letter) -> assertThat(letter.result()).isEqualTo(SendResult.MAILBOX_FULL));
		}
	}

	@Test
	void fullMailboxMayDropTheOldest() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(small(OverflowPolicy.DROP_OLDEST)))) {
			AgentRef<Object> ref = system.agent("/a");
			TestSubscriber<String> oldest = TestSubscriber.create();
			ref.tell(ProbeCommand.hang());
			ref.ask("one", String.class).subscribe(oldest);
			ref.tell("two");

			assertThat(ref.tell("three")).isEqualTo(SendResult.ACCEPTED);

			assertThat(oldest.expectTerminalError()).isInstanceOf(MessageRejectedException.class)
				.hasMessageContaining("oldest");
			assertThat(system.events().of(AgentEvent.DeadLetter.class)).singleElement()
				.satisfies((letter) -> assertThat(letter.messageType()).isEqualTo(String.class));
			assertThat(system.tree()).hasNode("/a").withMailboxSize(2);
		}
	}

	@Test
	void droppingKeepsTheNewestInOrder() {
		Sinks.Empty<Void> gate = Sinks.empty();
		List<String> log = new ArrayList<>();
		MailboxSpec two = new MailboxSpec(2, OverflowPolicy.DROP_OLDEST);
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a", (spec) -> spec.mailbox(two))))) {
			system.agent("/a").tell((Act) (context) -> gate.asMono());
			for (String word : List.of("one", "two", "three", "four")) {
				system.agent("/a").tell((Act) (context) -> Mono.fromRunnable(() -> log.add(word)));
			}

			gate.tryEmitEmpty();

			assertThat(log).containsExactly("three", "four");
		}
	}

	@Test
	@Conforms("N11")
	@DisplayName("a message of another type is a dead letter, and its agent lives on")
	void messageOfAnotherTypeNeverReachesTheAgent() {
		AgentSpec<CharSequence> spec = AgentSpec
			.builder("a", CharSequence.class, () -> (message, context) -> Mono.just(message.length()))
			.messageTypes(Set.of(String.class, StringBuilder.class))
			.build();
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(spec))) {
			AgentRef<Object> ref = system.agent("/a");

			assertThat(ref.tell(42)).isEqualTo(SendResult.UNSUPPORTED);
			assertThat(ref.tell(new StringBuffer())).isEqualTo(SendResult.UNSUPPORTED);
			assertThat(system.resultOf(ref.ask(new StringBuilder("ab"), Integer.class))).isEqualTo(2);
			assertThat(system.failureOf(ref.ask(42, Object.class))).isInstanceOf(MessageRejectedException.class)
				.hasMessageContaining("java.lang.String")
				.hasMessageContaining("not java.lang.Integer");
			assertThat(system.events().at("/a").of(AgentEvent.DeadLetter.class)).hasSize(3)
				.allSatisfy((letter) -> assertThat(letter.result()).isEqualTo(SendResult.UNSUPPORTED));
			assertThat(system.tree()).hasNode("/a").withIncarnation(1);
		}
	}

	@Test
	@Conforms({ "N8", "N10" })
	@DisplayName("a message to nobody is a result, not an exception")
	void messageToNobodyIsAResult() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.probe.spec()))) {
			for (String path : List.of("/b", "/a/below", "/")) {
				assertThat(system.agent(path).tell("x")).as(path).isEqualTo(SendResult.NO_PROCESS);
				assertThat(system.failureOf(system.agent(path).ask("x", String.class)))
					.isInstanceOfSatisfying(MessageRejectedException.class, (ex) -> {
						assertThat(ex.path()).hasToString(path);
						assertThat(ex.result()).isEqualTo(SendResult.NO_PROCESS);
					});
			}
			assertThat(system.events().at("/b").of(AgentEvent.DeadLetter.class)).hasSize(2);
			assertThatNullPointerException().isThrownBy(() -> system.agent("/a").tell(nothing()));
		}
	}

	@Test
	void messageToAStoppedAgentGoesNowhereUntilItIsBack() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(this.probe.spec()))) {
			AgentRef<Object> ref = system.agent("/a");
			system.resultOf(system.supervisor("/").terminateChild("a"));
			assertThat(ref.tell("x")).isEqualTo(SendResult.NO_PROCESS);

			system.resultOf(system.supervisor("/").restartChild("a"));

			assertThat(system.resultOf(ref.ask("back", String.class))).isEqualTo("back");
		}
	}

	@Test
	void mailboxOutlivesTheIncarnation() {
		try (TestAgentSystem system = TestAgentSystem.start(Trees.root(Act.agent("a")))) {
			Sinks.Empty<Void> gate = Sinks.empty();
			List<String> log = new ArrayList<>();
			system.agent("/a").tell((Act) (context) -> gate.asMono());
			for (String word : List.of("one", "two")) {
				system.agent("/a")
					.tell((Act) (context) -> Mono.fromRunnable(() -> log.add(word + " " + context.incarnation())));
			}
			TestSubscriber<String> asker = TestSubscriber.create();
			system.agent("/a").ask("three", String.class).subscribe(asker);

			gate.tryEmitError(new IllegalStateException("crash"));

			assertThat(log).containsExactly("one 2", "two 2");
			assertThat(asker.getReceivedOnNext()).containsExactly("three");
		}
	}

	@SuppressWarnings({ "NullAway", "DataFlowIssue" })
	private static Object nothing() {
		return null;
	}

	private AgentSpec<Object> small(OverflowPolicy overflow) {
		return this.probe.spec((spec) -> spec.mailbox(new MailboxSpec(2, overflow)));
	}

}
