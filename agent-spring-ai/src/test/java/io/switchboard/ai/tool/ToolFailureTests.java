package io.switchboard.ai.tool;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.MessageRejectedException;
import io.switchboard.RequestFailedException;
import io.switchboard.SendResult;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.turn.FixtureTool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is told to the model and what is a bug, as a table; each for tools that block and
 * tools that do not.
 */
class ToolFailureTests {

	private final ToolCalls calls = new ToolCalls();

	@AfterEach
	void close() {
		this.calls.close();
	}

	@ParameterizedTest
	@MethodSource("told")
	void isToldToTheModelByABlockingTool(Throwable thrown, FailureClass failure, String text) {
		assertTold(blocking(thrown), failure, text);
	}

	@ParameterizedTest
	@MethodSource("told")
	void isToldToTheModelByAReactiveTool(Throwable thrown, FailureClass failure, String text) {
		assertTold(signalling(thrown), failure, text);
		assertTold(throwing(thrown), failure, text);
	}

	private void assertTold(ToolCallback tool, FailureClass failure, String text) {
		this.calls.with(ToolSettings.defaults()
			.withFailures(Set.of(ClosedException.class))
			.withOverrides(Map.of("lookup",
					ToolDeclaration.none().withFailures(Set.of(UnsupportedOperationException.class)))));

		assertThat(this.calls.outcome(tool)).isInstanceOfSatisfying(ToolOutcome.Failed.class, (failed) -> {
			assertThat(failed.failure().failure()).isEqualTo(failure);
			assertThat(failed.forModel()).contains("'lookup'", text);
		});
	}

	static Stream<Arguments> told() throws Exception {
		return Stream.of(
				told("own", new ToolFailedException("closed on Sundays"), FailureClass.TOOL_FAILED,
						"failed: closed on Sundays"),
				told("own, without a message", new ToolFailedException(""), FailureClass.TOOL_FAILED,
						"does not say why"),
				told("refused by another agent", new RequestFailedException("not today"), FailureClass.TOOL_FAILED,
						"not today"),
				told("declared for all tools", new ClosedException("moved"), FailureClass.TOOL_FAILED, "moved"),
				told("subtype of what is declared", new GoneException("for good"), FailureClass.TOOL_FAILED,
						"for good"),
				told("declared for the tool", new UnsupportedOperationException("no returns"), FailureClass.TOOL_FAILED,
						"no returns"),
				told("wrapped by Spring AI",
						new ToolExecutionException(definition(), new ToolFailedException("sold out")),
						FailureClass.TOOL_FAILED, "sold out"),
				told("wrapped by futures",
						new CompletionException(new ExecutionException(new ToolFailedException("sold out"))),
						FailureClass.TOOL_FAILED, "sold out"),
				told("full mailbox",
						new MessageRejectedException(AgentPath.of("/desk"), SendResult.MAILBOX_FULL, "full"),
						FailureClass.TOOL_FAILED, "busy"),
				told("time-out of its own", new TimeoutException("late"), FailureClass.TOOL_TIMEOUT, "too long"),
				told("time-out of a socket", new SocketTimeoutException("read"), FailureClass.TOOL_TIMEOUT, "too long"),
				told("time-out of a RestClient",
						new ResourceAccessException("I/O error", new SocketTimeoutException("read")),
						FailureClass.TOOL_TIMEOUT, "too long"),
				told("time-out of the JDK's client", new IOException(new HttpTimeoutException("request")),
						FailureClass.TOOL_TIMEOUT, "too long"),
				told("4xx of a RestClient",
						HttpClientErrorException.create(HttpStatus.NOT_FOUND, "", HttpHeaders.EMPTY, new byte[0],
								StandardCharsets.UTF_8),
						FailureClass.TOOL_FAILED, "status 404"),
				told("4xx of a WebClient",
						WebClientResponseException.create(409, "", HttpHeaders.EMPTY, new byte[0], null),
						FailureClass.TOOL_FAILED, "status 409"));
	}

	private static Arguments told(String name, Throwable thrown, FailureClass failure, String text) {
		return Arguments.of(Named.of(name, thrown), failure, text);
	}

	@Test
	void theTextOfAFailureDoesNotQuoteTheTool() {
		ToolOutcome outcome = this.calls.outcome(blocking(new ToolFailedException("Ann's card is blocked")));

		assertThat(((ToolOutcome.Failed) outcome).failure().detail()).contains("'lookup'", "ToolFailedException")
			.doesNotContain("Ann");
	}

	@ParameterizedTest
	@MethodSource("bugs")
	void isABugInABlockingTool(Throwable thrown, Class<? extends Throwable> expected) {
		StepVerifier.create(this.calls.call(blocking(thrown))).expectError(expected).verify(ToolCalls.PATIENCE);
	}

	@ParameterizedTest
	@MethodSource("bugs")
	void isABugInAReactiveTool(Throwable thrown, Class<? extends Throwable> expected) {
		StepVerifier.create(this.calls.call(signalling(thrown))).expectError(expected).verify(ToolCalls.PATIENCE);
		StepVerifier.create(this.calls.call(throwing(thrown))).expectError(expected).verify(ToolCalls.PATIENCE);
	}

	static Stream<Arguments> bugs() {
		return Stream.of(bug(new TestException("bug")), bug(new IOException("disk")), bug(new AssertionError("bug")),
				bug(new StackOverflowError()), bug(new NoClassDefFoundError("missing")),
				bug(new ClosedException("not declared here")),
				bug(new MessageRejectedException(AgentPath.of("/desk"), SendResult.UNSUPPORTED, "wrong type")),
				bug(new IllegalStateException("Error calling tool: not by an MCP client")),
				bug(HttpServerErrorException.create(HttpStatus.BAD_GATEWAY, "", HttpHeaders.EMPTY, new byte[0],
						StandardCharsets.UTF_8)),
				bug(WebClientResponseException.create(500, "", HttpHeaders.EMPTY, new byte[0], null)),
				// A time-out is only looked for below a broken connection
				bug(new IllegalStateException(new TimeoutException("late"))),
				Arguments.of(
						Named.of("wrapped by Spring AI",
								new ToolExecutionException(definition(), new TestException("bug"))),
						TestException.class));
	}

	private static Arguments bug(Throwable thrown) {
		return Arguments.of(Named.of(thrown.getClass().getSimpleName(), thrown), thrown.getClass());
	}

	private static ToolDefinition definition() {
		return ToolDefinition.builder().name("lookup").description("For tests").inputSchema("{}").build();
	}

	private static ToolCallback blocking(Throwable thrown) {
		return new FixtureTool("lookup", () -> {
			throw sneaky(thrown);
		});
	}

	private static ToolCallback signalling(Throwable thrown) {
		return new AnsweringTool(() -> Mono.error(thrown));
	}

	private static ToolCallback throwing(Throwable thrown) {
		return new AnsweringTool(() -> {
			throw sneaky(thrown);
		});
	}

	@SuppressWarnings("unchecked")
	private static <E extends Throwable> RuntimeException sneaky(Throwable ex) throws E {
		throw (E) ex;
	}

	private static class ClosedException extends TestException {

		private static final long serialVersionUID = 1L;

		ClosedException(String message) {
			super(message);
		}

	}

	private static final class GoneException extends ClosedException {

		private static final long serialVersionUID = 1L;

		GoneException(String message) {
			super(message);
		}

	}

}
