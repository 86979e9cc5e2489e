package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.AskTimeoutException;
import io.switchboard.ExitReason;
import io.switchboard.supervision.Restart;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several calls at once. OTP has collections of requests for this; here a request is a
 * {@code Mono}, and a collection is what Reactor makes of several.
 */
class RequestCollectionTests {

	private final TestAgentSystem system = TestAgentSystem
		.start(Trees.root(Act.agent("a"), Act.agent("b"), Act.agent("c", (spec) -> spec.restart(Restart.TEMPORARY))));

	private final AtomicInteger handled = new AtomicInteger();

	@AfterEach
	void close() {
		this.system.close();
	}

	@Test
	@Conforms("N9")
	void answersComeInTheOrderOfCompletionWithTheirLabels() {
		TestSubscriber<Labelled> answers = TestSubscriber.create();

		Flux.merge(labelled("first", request("/a", 3)), labelled("second", request("/b", 1)),
				labelled("third", request("/c", 2)))
			.subscribe(answers);
		this.system.advance(Duration.ofSeconds(3));

		assertThat(answers.getReceivedOnNext()).containsExactly(new Labelled("second", "after 1"),
				new Labelled("third", "after 2"), new Labelled("first", "after 3"));
		assertThat(answers.isTerminatedComplete()).isTrue();
	}

	@Test
	@Conforms("N9")
	void waitingInVainKeepsTheRequest() {
		Mono<String> request = request("/a", 3).cache();
		TestSubscriber<String> impatient = TestSubscriber.create();
		request.timeout(Duration.ofSeconds(1), this.system.scheduler()).subscribe(impatient);
		this.system.advance(Duration.ofSeconds(1));
		assertThat(impatient.expectTerminalError()).isInstanceOf(TimeoutException.class);

		TestSubscriber<String> patient = TestSubscriber.create();
		request.subscribe(patient);
		this.system.advance(Duration.ofSeconds(2));

		assertThat(patient.getReceivedOnNext()).containsExactly("after 3");
		assertThat(this.handled).hasValue(1);
	}

	@Test
	@Conforms("N9")
	void receivingInVainAbandonsTheRequest() {
		TestSubscriber<String> impatient = TestSubscriber.create();
		this.system.agent("/a").ask(slow(3), String.class, Duration.ofSeconds(1)).subscribe(impatient);

		this.system.advance(Duration.ofSeconds(3));

		assertThat(impatient.expectTerminalError()).isInstanceOf(AskTimeoutException.class);
		assertThat(impatient.getReceivedOnNext()).isEmpty();
		assertThat(this.handled).hasValue(1);
	}

	@Test
	@Conforms("N9")
	void theDeadAnswerWithTheirReasonUnderTheirLabel() {
		TestSubscriber<Labelled> answers = TestSubscriber.create();
		Flux.merge(labelled("first", request("/a", 2)), labelled("second", request("/c", 3))).subscribe(answers);

		this.system.advance(Duration.ofSeconds(1));
		this.system.resultOf(this.system.system().control(AgentPath.of("/c")).kill());
		this.system.advance(Duration.ofSeconds(1));

		assertThat(answers.getReceivedOnNext()).containsExactly(new Labelled("second", ExitReason.killed()),
				new Labelled("first", "after 2"));
	}

	@Test
	@Conforms("N9")
	void theSameRequestTwiceIsTwoRequestsUnlessItIsShared() {
		Mono<String> request = request("/a", 0);
		this.system.resultOf(Flux.merge(request, request).collectList());
		assertThat(this.handled).hasValue(2);

		Mono<String> shared = request.cache();
		this.system.resultOf(Flux.merge(shared, shared).collectList());

		assertThat(this.handled).hasValue(3);
	}

	private Mono<String> request(String path, int seconds) {
		return this.system.agent(path).ask(slow(seconds), String.class);
	}

	private Act slow(int seconds) {
		return (context) -> {
			this.handled.incrementAndGet();
			return Mono.delay(Duration.ofSeconds(seconds), context.scheduler()).map((tick) -> "after " + seconds);
		};
	}

	private static Mono<Labelled> labelled(String label, Mono<String> request) {
		return request.map((answer) -> new Labelled(label, answer))
			.onErrorResume(AgentExitedException.class, (ex) -> Mono.just(new Labelled(label, ex.reason())));
	}

	/**
	 * What became of a request.
	 *
	 * @param label which request
	 * @param outcome the answer, or why there is none
	 */
	private record Labelled(String label, Object outcome) {

	}

}
