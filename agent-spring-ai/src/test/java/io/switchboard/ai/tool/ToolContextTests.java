package io.switchboard.ai.tool;

import java.util.Objects;
import java.util.function.Supplier;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import io.switchboard.ai.turn.FixtureTool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.tool.ToolCallback;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the code around a turn knows, and tools get to know.
 */
class ToolContextTests {

	private static final ThreadLocal<@Nullable String> USER = new ThreadLocal<>();

	private final ToolCalls calls = new ToolCalls();

	@BeforeEach
	void register() {
		ContextRegistry.getInstance().registerThreadLocalAccessor(new UserAccessor());
	}

	@AfterEach
	void close() {
		ContextRegistry.getInstance().removeThreadLocalAccessor(UserAccessor.KEY);
		this.calls.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void variablesOfTheCallersThreadArriveInTheTool(boolean reactive) {
		ToolCallback tool = tool(reactive, () -> String.valueOf(USER.get()));

		ToolOutcome outcome = this.calls.call(tool)
			.contextWrite((context) -> context.put(UserAccessor.KEY, "ann"))
			.blockOptional(ToolCalls.PATIENCE)
			.orElseThrow();

		assertThat(outcome.forModel()).isEqualTo("ann");
	}

	@Test
	void captureByTheCallerIsEnough() {
		ToolCallback tool = tool(false, () -> String.valueOf(USER.get()));
		USER.set("ann");

		Mono<ToolOutcome> outcome = this.calls.call(tool).contextCapture();

		assertThat(outcome.blockOptional(ToolCalls.PATIENCE).orElseThrow().forModel()).isEqualTo("ann");
		USER.remove();
	}

	@Test
	void nothingStaysOnTheThreadForTheNextTool() {
		ToolCallback tool = tool(false, () -> String.valueOf(USER.get()));
		for (int i = 0; i < 20; i++) {
			this.calls.call(tool)
				.contextWrite((context) -> context.put(UserAccessor.KEY, "ann"))
				.block(ToolCalls.PATIENCE);

			assertThat(this.calls.outcome(tool).forModel()).isEqualTo("null");
		}
	}

	@Test
	void whatAReactiveToolPutsTogetherSeesTheContextOnSubscription() {
		ToolCallback tool = new AnsweringTool(
				() -> Mono.deferContextual((context) -> Mono.just(ToolReply.of(context.get("tenant")))));

		ToolOutcome outcome = this.calls.call(tool)
			.contextWrite((context) -> context.put("tenant", "acme"))
			.subscribeOn(Schedulers.parallel())
			.blockOptional(ToolCalls.PATIENCE)
			.orElseThrow();

		assertThat(outcome.forModel()).isEqualTo("acme");
	}

	private static ToolCallback tool(boolean reactive, Supplier<String> text) {
		return reactive ? new AnsweringTool(() -> Mono.just(ToolReply.of(text.get())))
				: new FixtureTool("lookup", text::get);
	}

	private static final class UserAccessor implements ThreadLocalAccessor<String> {

		static final String KEY = "user";

		@Override
		public Object key() {
			return KEY;
		}

		@Override
		public @Nullable String getValue() {
			return USER.get();
		}

		@Override
		public void setValue(String value) {
			USER.set(Objects.requireNonNull(value));
		}

		@Override
		public void setValue() {
			USER.remove();
		}

	}

}
