package com.example.docs.tools;

import java.time.Duration;
import java.util.List;

import io.micrometer.context.ContextRegistry;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.ai.ModelAgent;
import io.switchboard.ai.tool.ToolMethods;
import io.switchboard.ai.tool.ToolSettings;
import io.switchboard.ai.turn.ToolResult;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.model.ScriptedChatModel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.annotation.Tool;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the examples of tools.
 */
class ToolsTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final ThreadLocal<String> USER = new ThreadLocal<>();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			orderState  | 1 | "shipped"
			orderState  | 2 | Tool 'orderState' failed: There is no order 2.
			cancelOrder | 3 | "cancelled"
			cancelOrder | 1 | Tool 'cancelOrder' failed: It is on its way.
			""")
	void theModelIsToldWhatTheToolSays(String tool, long order, String told) {
		ScriptedChatModel model = ScriptedChatModel.script()
			.toolCall(tool, "{\"order\":%d}".formatted(order))
			.answer("Done.")
			.build();

		assertThat(turn(desk(model, new OrderTools(new Shop())))).filteredOn(ToolResult.class::isInstance)
			.singleElement()
			.satisfies((event) -> assertThat(((ToolResult) event).result()).isEqualTo(told));
	}

	@Test
	void theProgramIsShownTheOrders() {
		ScriptedChatModel model = ScriptedChatModel.script()
			.toolCall("findOrders", "{\"customer\":\"Ann\"}")
			.answer("Two.")
			.build();

		List<TurnEvent> events = turn(SupervisorSpec.builder("desk")
			.child(ModelAgent.builder("support")
				.model(model)
				.tools(ToolMethods.of(new SearchTools(new Shop())))
				.build())
			.build());

		assertThat(shown(Flux.fromIterable(events)).collectList().block(LIMIT))
			.containsExactly(List.of(new Order(1), new Order(3)));
	}

	@Test
	void theToolKnowsInWhoseNameItIsCalled() {
		ContextRegistry.getInstance().registerThreadLocalAccessor("user", USER::get, USER::set, USER::remove);
		AgentSystem system = AgentSystem
			.builder(SupervisorSpec.builder("desk")
				.child(ModelAgent.builder("support")
					.model(ScriptedChatModel.script().toolCall("whoAmI", "{}").answer("Ann.").build())
					.tools(ToolMethods.of(new WhoAmI()))
					.build())
				.build())
			.build();
		system.start().block(LIMIT);
		try {
			USER.set("Ann");

			askInMyName(system.agent("/support", TurnRequest.class), new TurnRequest("t1", "Who am I?")).block(LIMIT);

			assertThat(WhoAmI.seen).isEqualTo("Ann");
		}
		finally {
			USER.remove();
			system.stop().block(LIMIT);
			ContextRegistry.getInstance().removeThreadLocalAccessor("user");
		}
	}

	// tag::capture[]
	private static Mono<TurnEvent> askInMyName(AgentRef<TurnRequest> agent, TurnRequest request) {
		return agent.ask(request, TurnEvent.class).contextCapture();
	}
	// end::capture[]

	// tag::shown[]
	private static Flux<Object> shown(Flux<TurnEvent> turn) {
		return turn.ofType(ToolResult.class).mapNotNull(ToolResult::value);
	}
	// end::shown[]

	// tag::desk[]
	private static SupervisorSpec desk(ChatModel model, OrderTools orders) {
		return SupervisorSpec.builder("desk")
			.child(DynamicSupervisorSpec.builder("tools").maxChildren(200).build())
			.child(ModelAgent.builder("support")
				.model(model)
				.tools(ToolMethods.of(orders))
				.toolSettings(ToolSettings.defaults().withTimeout(Duration.ofSeconds(20)))
				.toolSupervisor(AgentPath.of("/tools"))
				.build())
			.build();
	}
	// end::desk[]

	private static List<TurnEvent> turn(SupervisorSpec desk) {
		AgentSystem system = AgentSystem.builder(desk).build();
		system.start().block(LIMIT);
		try {
			return system.agent("/support", TurnRequest.class)
				.stream(new TurnRequest("t1", "Hello"), TurnEvent.class)
				.collectList()
				.blockOptional(LIMIT)
				.orElseThrow();
		}
		finally {
			system.stop().block(LIMIT);
		}
	}

	static final class WhoAmI {

		private static volatile @Nullable String seen;

		@Tool
		String whoAmI() {
			seen = USER.get();
			return "you";
		}

	}

	private static final class Shop implements Orders {

		@Override
		public Mono<String> state(long order) {
			return (order == 2) ? Mono.empty() : Mono.just("shipped");
		}

		@Override
		public void cancel(long order, String reason) {
			if (order == 1) {
				throw new AlreadyShippedException("It is on its way.");
			}
		}

		@Override
		public List<Order> of(String customer) {
			return List.of(new Order(1), new Order(3));
		}

	}

}
