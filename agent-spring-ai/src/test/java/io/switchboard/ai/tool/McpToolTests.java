package io.switchboard.ai.tool;

import java.time.Duration;

import io.modelcontextprotocol.client.McpClient;
import io.switchboard.ai.failure.FailureClass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

import org.springframework.ai.mcp.AsyncMcpToolCallback;
import org.springframework.ai.mcp.SyncMcpToolCallback;
import org.springframework.ai.tool.ToolCallback;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of calls of the tools that Spring AI makes of MCP clients, with a real
 * client.
 */
class McpToolTests {

	private final ToolCalls calls = new ToolCalls();

	@AfterEach
	void close() {
		this.calls.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void theModelIsToldTheResult(boolean async) {
		assertThat(this.calls.outcome(tool(McpDesk.says("ORD-7 was sent"), async))).isInstanceOfSatisfying(
				ToolOutcome.Result.class, (result) -> assertThat(result.forModel()).contains("ORD-7 was sent"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void theModelIsToldAResultThatIsAnError(boolean async) {
		assertFailed(tool(McpDesk.regrets("closed on Sundays"), async), "closed on Sundays");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void theModelIsToldAnErrorOfTheProtocol(boolean async) {
		assertFailed(tool(McpDesk.fails("Unknown tool: lookup"), async), "Unknown tool: lookup");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aServerThatDoesNotAnswerKeepsNobodyWaiting(boolean async) {
		McpDesk desk = McpDesk.isSilent();
		this.calls.with(ToolSettings.defaults().withTimeout(Duration.ofSeconds(5)));

		StepVerifier.create(this.calls.call(tool(desk, async)))
			.then(desk::awaitCall)
			.then(() -> this.calls.pass(Duration.ofSeconds(5)))
			.assertNext((outcome) -> assertThat(outcome).isInstanceOfSatisfying(ToolOutcome.Failed.class,
					(failed) -> assertThat(failed.failure().failure()).isEqualTo(FailureClass.TOOL_TIMEOUT)))
			.expectComplete()
			.verify(ToolCalls.PATIENCE);
	}

	@Test
	void anAsynchronousClientSeesTheContextOfTheTurn() {
		McpDesk desk = McpDesk.says("ok");

		this.calls.call(tool(desk, true))
			.contextWrite((context) -> context.put("tenant", "acme"))
			.block(ToolCalls.PATIENCE);

		assertThat(desk.contexts()).singleElement()
			.satisfies((context) -> assertThat(context.<String>get("tenant")).isEqualTo("acme"));
	}

	private void assertFailed(ToolCallback tool, String text) {
		assertThat(this.calls.outcome(tool)).isInstanceOfSatisfying(ToolOutcome.Failed.class, (failed) -> {
			assertThat(failed.failure().failure()).isEqualTo(FailureClass.TOOL_FAILED);
			assertThat(failed.forModel()).startsWith("Tool 'lookup' failed: ").contains(text);
		});
	}

	private static ToolCallback tool(McpDesk desk, boolean async) {
		return async
				? AsyncMcpToolCallback.builder()
					.mcpClient(McpClient.async(desk).build())
					.tool(McpDesk.LOOKUP)
					.prefixedToolName("lookup")
					.build()
				: SyncMcpToolCallback.builder()
					.mcpClient(McpClient.sync(desk).build())
					.tool(McpDesk.LOOKUP)
					.prefixedToolName("lookup")
					.build();
	}

}
