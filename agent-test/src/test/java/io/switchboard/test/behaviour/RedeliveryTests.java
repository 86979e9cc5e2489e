package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.StreamElement;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.Strategy;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Agents whose next life handles the message that a crash or a kill has cut off.
 */
class RedeliveryTests {

	private final List<String> handled = new ArrayList<>();

	private final TestAgentSystem system = TestAgentSystem.start(Trees.root(Strategy.ONE_FOR_ALL, 2,
			Act.agent("a", (spec) -> spec.redelivers(true)), Act.agent("b"), Act.agent("fails")));

	private final AgentRef<Object> ref = this.system.agent("/a");

	@AfterEach
	void close() {
		this.system.close();
	}

	@Test
	void askerHasItsAnswerFromTheNextLife() {
		TestSubscriber<String> asker = TestSubscriber.create();
		this.ref.ask(crashingIn(1), String.class).subscribe(asker);

		assertThat(asker.getReceivedOnNext()).containsExactly("from life 2");
		assertThat(this.system.tree()).hasNode("/a").withIncarnation(2);
	}

	@Test
	void receiverOfAStreamHasTheElementsOfBothLives() {
		TestSubscriber<String> receiver = TestSubscriber.builder().initialRequest(2).build();
		this.ref
			.stream((Act) (context) -> elements(context.incarnation())
				.concatWith((context.incarnation() == 1) ? Mono.error(new ProbeFailure("crash")) : Mono.empty()),
					String.class)
			.subscribe(receiver);

		assertThat(receiver.getReceivedOnNext()).containsExactly("1a", "1b");
		receiver.request(1);
		assertThat(receiver.getReceivedOnNext()).containsExactly("1a", "1b", "2a");
		receiver.request(1);
		assertThat(receiver.getReceivedOnNext()).containsExactly("1a", "1b", "2a", "2b");
		assertThat(receiver.isTerminatedComplete()).isTrue();
	}

	@Test
	void comesBeforeWhatWaits() {
		this.ref.tell(noting("first", 1));
		this.ref.tell(noting("second", 0));

		assertThat(this.handled).containsExactly("first in 1", "first in 2", "second in 2");
	}

	@Test
	void comesBackAfterAKill() {
		TestSubscriber<Long> asker = TestSubscriber.create();
		this.ref
			.ask((Act) (context) -> (context.incarnation() == 1) ? Mono.never() : Mono.just(context.incarnation()),
					Long.class)
			.subscribe(asker);

		this.system.resultOf(this.system.system().control(AgentPath.of("/a")).kill());

		assertThat(asker.getReceivedOnNext()).containsExactly(2L);
	}

	@Test
	void comesBackAfterARestartThatASiblingHasCaused() {
		TestSubscriber<Long> asker = TestSubscriber.create();
		this.ref
			.ask((Act) (context) -> (context.incarnation() == 1) ? Mono.never() : Mono.just(context.incarnation()),
					Long.class)
			.subscribe(asker);

		this.system.agent("/b").tell(noting("b", 1));
		// it is in the middle of a message, so it is killed when its time to stop is over
		this.system.advance(Duration.ofSeconds(5));

		assertThat(asker.getReceivedOnNext()).containsExactly(2L);
	}

	@Test
	void comesBackAfterATimeOutOfTheHandler() {
		try (TestAgentSystem limited = TestAgentSystem
			.start(Trees.root(Act.agent("a", (spec) -> spec.redelivers(true).handlerTimeout(Duration.ofSeconds(3)))))) {
			TestSubscriber<Long> asker = TestSubscriber.create();
			limited.agent("/a")
				.ask((Act) (context) -> (context.incarnation() == 1) ? Mono.never() : Mono.just(context.incarnation()),
						Long.class)
				.subscribe(asker);

			limited.advance(Duration.ofSeconds(3));

			assertThat(asker.getReceivedOnNext()).containsExactly(2L);
		}
	}

	@Test
	void askerIsToldWhereNoLifeComesAnyMore() {
		TestSubscriber<String> asker = TestSubscriber.create();
		this.ref.ask(crashingIn(1, 2, 3), String.class).subscribe(asker);

		assertThat(asker.expectTerminalError()).isInstanceOf(AgentExitedException.class).hasMessageContaining("/a");
	}

	@Test
	void isGoneWithAnAskerThatHasLeft() {
		TestSubscriber<String> receiver = TestSubscriber.create();
		this.ref.stream((Act) (context) -> {
			this.handled.add("in " + context.incarnation());
			return Flux.never();
		}, String.class).subscribe(receiver);
		receiver.cancel();

		this.system.resultOf(this.system.system().control(AgentPath.of("/a")).kill());

		assertThat(this.handled).containsExactly("in 1");
		assertThat(this.system.resultOf(this.ref.ask("next", String.class))).isEqualTo("next");
	}

	@Test
	void answeredMessageDoesNotComeBack() {
		this.system.resultOf(this.ref.ask("answered", String.class));
		this.ref.tell(noting("next", 1));

		assertThat(this.handled).containsExactly("next in 1", "next in 2");
	}

	@Test
	void withoutItTheAskerIsTold() {
		TestSubscriber<String> asker = TestSubscriber.create();
		this.system.agent("/fails").ask(crashingIn(1), String.class).subscribe(asker);

		assertThat(asker.expectTerminalError()).isInstanceOf(AgentExitedException.class);
		assertThat(AgentSpec.builder("x", Object.class, () -> (message, context) -> Mono.empty()).build().redelivers())
			.isFalse();
	}

	@Test
	void aStreamThatHasHadItsLastElementEndsOnce() {
		TestSubscriber<Last> receiver = TestSubscriber.create();
		this.ref.stream((Act) (context) -> {
			this.handled.add("in " + context.incarnation());
			return Flux.<Object>just(new Last()).concatWith(Mono.never());
		}, Last.class).subscribe(receiver);

		assertThat(receiver.isTerminatedComplete()).isTrue();
		this.system.resultOf(this.system.system().control(AgentPath.of("/a")).kill());

		assertThat(receiver.getReceivedOnNext()).hasSize(1);
		assertThat(this.handled).containsExactly("in 1");
	}

	@Test
	void aLifeThatComesWhileTheLastElementIsToldDoesNotTellItAgain() {
		List<Object> received = new ArrayList<>();
		this.ref.stream((Act) (context) -> Flux.<Object>just(new Last()).concatWith(Mono.never()), Last.class)
			.doOnNext((last) -> {
				received.add(last);
				if (received.size() == 1) {
					this.system.resultOf(this.system.system().control(AgentPath.of("/a")).kill());
				}
			})
			.subscribe();

		assertThat(received).hasSize(1);
	}

	@Test
	void aStreamBeginsOnceWhateverLifeItIsThatTellsSo() {
		TestSubscriber<Object> receiver = TestSubscriber.builder().initialRequest(3).build();
		this.ref
			.stream((Act) (context) -> Flux.<Object>just(new Again(context.incarnation()), "a", "b", "c")
				.takeWhile((element) -> context.incarnation() == 2 || !element.equals("b"))
				.concatWith(Mono.error(new ProbeFailure("crash"))), Object.class)
			.subscribe(receiver);

		assertThat(receiver.getReceivedOnNext()).containsExactly(new Again(1), "a", "a");
		receiver.request(1);
		assertThat(receiver.getReceivedOnNext()).containsExactly(new Again(1), "a", "a", "b");
	}

	@Test
	void whatEachLifeSaysAgainIsHeardOnceInItsOrder() {
		TestSubscriber<Object> receiver = TestSubscriber.create();
		this.ref.stream((Act) (context) -> {
			long life = context.incarnation();
			List<Object> said = List.of(new Again(life), "text " + life, new Again(life), "more " + life,
					new Again(life));
			return Flux.fromIterable(said)
				.take((life < 3) ? life * 2 : 5)
				.concatWith((life < 3) ? Mono.error(new ProbeFailure("crash")) : Mono.empty());
		}, Object.class).subscribe(receiver);

		assertThat(receiver.getReceivedOnNext()).containsExactly(new Again(1), "text 1", "text 2", new Again(2),
				"more 2", "text 3", "more 3", new Again(3));
		assertThat(receiver.isTerminatedComplete()).isTrue();
	}

	@Test
	void aLifeThatHasToldNothingLeavesTheBeginningToTheNext() {
		TestSubscriber<Object> receiver = TestSubscriber.create();
		this.ref.stream((Act) (context) -> (context.incarnation() == 1) ? Flux.error(new ProbeFailure("crash"))
				: Flux.just(new Again(context.incarnation()), "a"), Object.class)
			.subscribe(receiver);

		assertThat(receiver.getReceivedOnNext()).containsExactly(new Again(2), "a");
	}

	private static Flux<String> elements(long life) {
		return Flux.just(life + "a", life + "b");
	}

	private static Act crashingIn(long... lives) {
		return (context) -> {
			for (long life : lives) {
				if (life == context.incarnation()) {
					return Mono.error(new ProbeFailure("crash"));
				}
			}
			return Mono.just("from life " + context.incarnation());
		};
	}

	private Act noting(String what, long crashIn) {
		return (context) -> {
			this.handled.add(what + " in " + context.incarnation());
			return (context.incarnation() == crashIn) ? Mono.error(new ProbeFailure("crash")) : Mono.empty();
		};
	}

	/**
	 * An element that each life says again.
	 */
	private record Again(long life) implements StreamElement {

		@Override
		public boolean last() {
			return false;
		}

		@Override
		public boolean again() {
			return true;
		}

	}

	/**
	 * The only element of a stream.
	 */
	private record Last() implements StreamElement {

		@Override
		public boolean last() {
			return true;
		}

	}

}
