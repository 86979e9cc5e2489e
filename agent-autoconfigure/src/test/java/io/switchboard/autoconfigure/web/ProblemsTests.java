package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.AskTimeoutException;
import io.switchboard.ExitReason;
import io.switchboard.MessageRejectedException;
import io.switchboard.RequestFailedException;
import io.switchboard.SendResult;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.turn.TurnFailed;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.report.Sanitizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link Problems} and {@link ProblemType}.
 */
class ProblemsTests {

	private static final AgentPath PATH = AgentPath.of("/desk/pricing");

	private static final String SECRET = "sk-4711";

	private final Problems problems = new Problems(ReasonText.HIDE_MESSAGES, Sanitizer.hiding());

	@ParameterizedTest(name = "{0} -> {1}")
	@MethodSource("exceptions")
	void exceptionIsTranslated(Throwable exception, ProblemType type, HttpStatus status) {
		ProblemException problem = this.problems.of(exception);

		assertThat(problem.type()).isEqualTo(type);
		assertThat(problem.type().status()).isEqualTo(status);
		assertThat(problem.detail()).doesNotContain(SECRET);
		assertThat(problem.facts().toString()).doesNotContain(SECRET);
	}

	static Stream<Arguments> exceptions() {
		return Stream.of(
				arguments(rejected(SendResult.MAILBOX_FULL), ProblemType.MAILBOX_FULL, HttpStatus.TOO_MANY_REQUESTS),
				arguments(rejected(SendResult.STOPPING), ProblemType.STOPPING, HttpStatus.SERVICE_UNAVAILABLE),
				arguments(rejected(SendResult.NO_PROCESS), ProblemType.GONE, HttpStatus.SERVICE_UNAVAILABLE),
				arguments(rejected(SendResult.UNSUPPORTED), ProblemType.NO_TURNS, HttpStatus.BAD_REQUEST),
				arguments(exited(ExitReason.crash(new IllegalStateException(SECRET))), ProblemType.CRASHED,
						HttpStatus.INTERNAL_SERVER_ERROR),
				arguments(exited(ExitReason.killed()), ProblemType.CRASHED, HttpStatus.INTERNAL_SERVER_ERROR),
				arguments(exited(ExitReason.normal()), ProblemType.GONE, HttpStatus.SERVICE_UNAVAILABLE),
				arguments(exited(ExitReason.shutdown(SECRET)), ProblemType.GONE, HttpStatus.SERVICE_UNAVAILABLE),
				arguments(exited(ExitReason.noProcess()), ProblemType.GONE, HttpStatus.SERVICE_UNAVAILABLE),
				arguments(new RequestFailedException("closed on Sundays"), ProblemType.REQUEST_FAILED,
						HttpStatus.UNPROCESSABLE_CONTENT),
				arguments(new AskTimeoutException(PATH, Duration.ofSeconds(1)), ProblemType.NO_ANSWER_IN_TIME,
						HttpStatus.GATEWAY_TIMEOUT),
				arguments(new ClassCastException(SECRET), ProblemType.INTERNAL_ERROR,
						HttpStatus.INTERNAL_SERVER_ERROR));
	}

	@Test
	void crashNamesPathIncarnationAndReason() {
		ProblemException problem = this.problems.of(exited(ExitReason.crash(new IllegalStateException(SECRET))));

		assertThat(problem.facts()).containsEntry("path", "/desk/pricing")
			.containsEntry("incarnation", 3L)
			.containsEntry("reason", "java.lang.IllegalStateException");
	}

	@Test
	void messagesAreToldWhereTheyMay() {
		Problems open = new Problems(ReasonText.showingMessages(true, Sanitizer.showing()), Sanitizer.showing());

		assertThat(open.of(exited(ExitReason.crash(new IllegalStateException(SECRET)))).facts()).containsEntry("reason",
				"java.lang.IllegalStateException: " + SECRET);
		assertThat(open.of(new TurnFailed("t-1", "network", "no route to " + SECRET)).detail())
			.isEqualTo("no route to " + SECRET);
	}

	@Test
	void problemIsKeptAsItIs() {
		ProblemException problem = new ProblemException(ProblemType.UNKNOWN_TURN, "No such turn").with("turn", "t-1");

		assertThat(this.problems.of(problem)).isSameAs(problem);
	}

	@ParameterizedTest
	@EnumSource
	void failureOfATurnIsTranslated(FailureClass failure) {
		ProblemException problem = this.problems.of(new TurnFailed("t-1", failure.id(), SECRET));

		assertThat(problem.type().id()).isEqualTo(failure.id());
		assertThat(problem.type().status().isError()).isTrue();
		assertThat(problem.detail()).doesNotContain(SECRET);
	}

	@Test
	void failureOfAnotherNameIsTheProviders() {
		assertThat(this.problems.of(new TurnFailed("t-1", "moon-phase", "")).type())
			.isEqualTo(ProblemType.PROVIDER_ERROR);
	}

	@Test
	void everyRefusalForNowSaysWhenToTryAgain() {
		assertThat(ProblemType.values())
			.filteredOn((type) -> type.status() == HttpStatus.SERVICE_UNAVAILABLE
					|| type.status() == HttpStatus.TOO_MANY_REQUESTS)
			.isNotEmpty()
			.allSatisfy((type) -> assertThat(type.retryAfter()).isPositive());
	}

	@Test
	void typesHaveNamesOfTheirOwn() {
		assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::uri)).doesNotHaveDuplicates()
			.allSatisfy((uri) -> assertThat(uri).hasScheme("urn"));
	}

	private static MessageRejectedException rejected(SendResult result) {
		return new MessageRejectedException(PATH, result, SECRET);
	}

	private static AgentExitedException exited(ExitReason reason) {
		return new AgentExitedException(PATH, 3, reason);
	}

}
