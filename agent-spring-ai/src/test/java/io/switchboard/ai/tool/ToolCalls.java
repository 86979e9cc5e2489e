package io.switchboard.ai.tool;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.switchboard.ai.turn.FixtureContext;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.tool.ToolCallback;

/**
 * Calls tools as an agent does, with a clock that tests turn.
 */
final class ToolCalls implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(60);

	private final FixtureContext context = new FixtureContext();

	private ToolSettings settings = ToolSettings.defaults();

	ToolCalls with(ToolSettings settings) {
		this.settings = settings;
		return this;
	}

	ToolRunner runner() {
		return new ToolRunner(caller(), this.settings, this.context);
	}

	ToolCaller caller() {
		return new ToolCaller(this.context.path(), this.context.incarnation(), "t1");
	}

	/**
	 * Call a tool without arguments on subscription.
	 * @param tool the tool
	 * @return what comes of it
	 */
	Mono<ToolOutcome> call(ToolCallback tool) {
		return call(tool, "{}");
	}

	Mono<ToolOutcome> call(ToolCallback tool, String arguments) {
		return runner().run(asked("c1", tool.getToolDefinition().name(), arguments), offer(tool));
	}

	/**
	 * Call a tool and wait.
	 * @param tool the tool
	 * @return what came of it
	 */
	ToolOutcome outcome(ToolCallback tool) {
		return outcome(tool, "{}");
	}

	ToolOutcome outcome(ToolCallback tool, String arguments) {
		return call(tool, arguments).blockOptional(PATIENCE).orElseThrow();
	}

	void pass(Duration time) {
		this.context.scheduler().advanceTimeBy(time);
	}

	static ToolOffer offer(ToolCallback... tools) {
		return ToolOffer.of(List.of(tools), Map.of());
	}

	static AssistantMessage.ToolCall asked(String id, String tool, String arguments) {
		return new AssistantMessage.ToolCall(id, "function", tool, arguments);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
