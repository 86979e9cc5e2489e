package io.switchboard.test.behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.AskCycleException;
import io.switchboard.ExitReason;
import io.switchboard.MessageRejectedException;
import io.switchboard.SendResult;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.Restart;
import io.switchboard.test.ProbeFailure;
import io.switchboard.test.TestAgentSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import static io.switchboard.test.AgentAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What a call comes to when its target does not simply answer.
 */
class CallTests {

	private final TestAgentSystem system = TestAgentSystem
		.start(Trees.root(Act.agent("a"), Act.agent("b", (spec) -> spec.restart(Restart.TEMPORARY))));

	@AfterEach
	void close() {
		this.system.close();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	@Conforms("N4")
	@DisplayName("an agent that ends instead of answering ends the call with its own reason")
	void callerIsToldWhyTheAgentEnded(ExitReason reason, Act ending) {
		Throwable failure = this.system.failureOf(this.system.agent("/b").ask(ending, String.class));

		assertThat(failure).isInstanceOfSatisfying(AgentExitedException.class, (ex) -> {
			assertThat(ex.path()).hasToString("/b");
			assertThat(ex.reason()).isEqualTo(reason);
		});
		assertThat(this.system.events().at("/b").of(AgentEvent.Exited.class)).singleElement()
			.satisfies((exited) -> assertThat(exited.reason()).isEqualTo(reason));
	}

	static Stream<Arguments> callerIsToldWhyTheAgentEnded() {
		ProbeFailure failure = new ProbeFailure("told to fail");
		return Stream.of(arguments(ExitReason.shutdown("r"), stopWithoutAnswer(ExitReason.shutdown("r"))),
				arguments(ExitReason.shutdown(), stopWithoutAnswer(ExitReason.shutdown())),
				arguments(ExitReason.crash(failure), (Act) (context) -> {
					throw failure;
				}));
	}

	@Test
	@Conforms("N6")
	@DisplayName("a handler that returns nonsense ends its agent and the call, which are told what it was")
	void handlerThatReturnsNonsenseFailsBoth() {
		Throwable failure = this.system
			.failureOf(this.system.agent("/a").ask((Act) (context) -> nonsense(), String.class));

		assertThat(failure).isInstanceOf(AgentExitedException.class)
			.cause()
			.hasMessage("The behaviour of agent '/a' returned null instead of a publisher; "
					+ "return Mono.empty() where there is nothing to say");
		assertThat(this.system.tree()).hasNode("/a").withIncarnation(2);
		assertThat(this.system.events().at("/a").of(AgentEvent.Exited.class)).singleElement()
			.satisfies((exited) -> assertThat(exited.reason().cause()).isSameAs(failure.getCause()));
	}

	@Test
	@Conforms("N7")
	@DisplayName("calling oneself fails at once, and need not end the caller")
	void callingOneselfFailsAtOnce() {
		Act callsItself = (context) -> context.self()
			.ask("never sent", String.class)
			.onErrorResume(AskCycleException.class, (ex) -> Mono.just(String.valueOf(ex.getMessage())));

		String answer = this.system.resultOf(this.system.agent("/a").ask(callsItself, String.class));

		assertThat(answer).contains("/a asks /a").contains("tell instead of ask, or defer the reply");
		assertThat(this.system.tree()).hasNode("/a").withIncarnation(1).withMailboxSize(0);
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "/nobody", "/nobody/below", "/a/below", "/" })
	@Conforms("N8")
	@DisplayName("a call to nobody fails at once")
	void callToNobodyFailsAtOnce(String path) {
		assertThat(this.system.failureOf(this.system.agent(path).ask("x", String.class)))
			.isInstanceOfSatisfying(MessageRejectedException.class, (ex) -> {
				assertThat(ex.path()).hasToString(path);
				assertThat(ex.result()).isEqualTo(SendResult.NO_PROCESS);
			});
	}

	@Test
	@Conforms("N8")
	@DisplayName("a call to an agent that has ended fails at once, until it is back")
	void callToTheDeadFailsAtOnce() {
		AgentRef<Object> ended = this.system.agent("/b");
		ended.tell((Act) (context) -> {
			context.stop();
			return Mono.empty();
		});
		AgentRef<Object> stopped = this.system.agent("/a");
		this.system.resultOf(this.system.supervisor("/").terminateChild("a"));

		for (AgentRef<Object> dead : List.of(ended, stopped)) {
			assertThat(this.system.failureOf(dead.ask("x", String.class))).isInstanceOfSatisfying(
					MessageRejectedException.class, (ex) -> assertThat(ex.result()).isEqualTo(SendResult.NO_PROCESS));
		}
		this.system.resultOf(this.system.supervisor("/").restartChild("a"));
		assertThat(this.system.resultOf(stopped.ask("back", String.class))).isEqualTo("back");
	}

	@Test
	@Conforms("N8")
	@DisplayName("a call to null is the caller's mistake and names what is missing")
	void callToNullIsAMistake() {
		assertThatNullPointerException().isThrownBy(() -> this.system.agent((String) none()));
		assertThatNullPointerException().isThrownBy(() -> this.system.system().agent((AgentPath) none(), Object.class))
			.withMessage("'path' must not be null");
		assertThatNullPointerException()
			.isThrownBy(() -> this.system.agent("/a").ask(CallTests.<Object>none(), String.class))
			.withMessage("'message' must not be null");
	}

	@Test
	@Conforms("N10")
	@DisplayName("a cast never fails, and a live agent handles casts in order")
	void castNeverFails() {
		List<Integer> handled = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			int number = i;
			assertThat(this.system.agent("/a").tell((Act) (context) -> Mono.fromRunnable(() -> handled.add(number))))
				.isEqualTo(SendResult.ACCEPTED);
			assertThat(this.system.agent("/nobody").tell(number)).isEqualTo(SendResult.NO_PROCESS);
		}

		assertThat(handled).hasSize(100).isSorted();
		assertThat(this.system.events().at("/nobody").of(AgentEvent.DeadLetter.class)).hasSize(100);
	}

	private static Act stopWithoutAnswer(ExitReason reason) {
		return (context) -> {
			context.deferReply();
			context.stop(reason);
			return Mono.empty();
		};
	}

	@SuppressWarnings("NullAway")
	private static Publisher<?> nonsense() {
		return null;
	}

	@SuppressWarnings({ "NullAway", "TypeParameterUnusedInFormals" })
	private static <T> T none() {
		return null;
	}

}
