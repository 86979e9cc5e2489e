package io.switchboard.ai.tool;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.aop.framework.ProxyFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tools made of annotated methods.
 */
class ToolMethodsTests {

	private final ToolCalls calls = new ToolCalls();

	private final Shop shop = new Shop();

	@AfterEach
	void close() {
		this.calls.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			plain         | {"id":1}
			text          | "one"
			nothing       | null
			ends          | "Done"
			mono          | {"id":1}
			monoText      | "one"
			emptyMono     | null
			voidMono      | "Done"
			flux          | [{"id":1},{"id":2}]
			emptyFlux     | []
			stage         | {"id":1}
			emptyStage    | null
			future        | {"id":1}
			reply         | one
			replyMono     | one
			""")
	void theModelIsToldWhatTheMethodReturns(String method, String told) {
		assertThat(this.calls.outcome(tool(method)).forModel()).isEqualTo(told);
	}

	@ParameterizedTest
	@ValueSource(strings = { "reply", "replyMono" })
	void theProgramIsToldApart(String method) {
		assertThat(this.calls.outcome(tool(method))).isEqualTo(new ToolOutcome.Result("one", new Order(1)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "echo", "echoMono" })
	void methodsGetArgumentsAndTheContext(String method) {
		assertThat(this.calls.outcome(tool(method), "{\"order\":{\"id\":5},\"times\":2}").forModel())
			.isEqualTo("5 x 2 for /desk/support/ann");
	}

	@ParameterizedTest
	@ValueSource(strings = { "mono", "flux", "stage" })
	void springAisOwnLoopIsToldThatItCannotCallReactiveTools(String method) {
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> tool(method).call("{}"))
			.withMessageContaining("'%s' is reactive".formatted(method));
	}

	@Test
	void springAisOwnLoopCanCallTheOthers() {
		assertThat(tool("plain").call("{}")).isEqualTo("{\"id\":1}");
		assertThat(tool("reply").call("{}", new ToolContext(Map.of()))).isEqualTo("one");
	}

	@Test
	void aReactiveMethodThatReturnsNullIsBroken() {
		StepVerifier.create(this.calls.call(tool("nullMono")))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("return an empty publisher"))
			.verify(ToolCalls.PATIENCE);
	}

	@Test
	void cancellingReachesAFuture() {
		this.shop.answer = new CompletableFuture<>();

		this.calls.call(tool("future")).subscribe().dispose();

		assertThat(this.shop.answer).isCancelled();
	}

	@Test
	void thePolicyIsRead() {
		assertThat(ToolSettings.defaults().withFailures(Set.of(IllegalStateException.class)).traits(tool("policed")))
			.isEqualTo(new ToolTraits(Duration.ofSeconds(5), true, false,
					Set.of(IllegalStateException.class, TestException.class)));
		assertThat(ToolSettings.defaults().traits(tool("plain")))
			.isEqualTo(new ToolTraits(ToolSettings.DEFAULT_TIMEOUT, false, false, Set.of()));
	}

	@Test
	void settingsOverruleThePolicy() {
		ToolSettings settings = ToolSettings.defaults()
			.withOverrides(
					Map.of("policed", ToolDeclaration.none().withTimeout(Duration.ofMinutes(1)).withIdempotent(false)));

		assertThat(settings.traits(tool("policed")))
			.isEqualTo(new ToolTraits(Duration.ofMinutes(1), false, false, Set.of(TestException.class)));
	}

	@Test
	void proxiesAreSeenThrough() {
		ProxyFactory proxies = new ProxyFactory(this.shop);
		proxies.setProxyTargetClass(true);

		ToolCallback tool = find(ToolMethods.of(proxies.getProxy()), "policed");

		assertThat(ToolSettings.defaults().traits(tool).idempotent()).isTrue();
		assertThat(this.calls.outcome(tool).forModel()).isEqualTo("\"policed\"");
	}

	@Test
	void anObjectWithoutToolsIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ToolMethods.of("text"))
			.withMessageContaining("java.lang.String has no method that is annotated with @Tool");
	}

	@Test
	void aTimeThatCannotBeReadIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ToolMethods.of(new Sloppy()))
			.withMessageContaining("'soon'")
			.withMessageContaining("500ms");
		assertThatIllegalArgumentException().isThrownBy(() -> ToolMethods.of(new Hasty()))
			.withMessageContaining("'0s'");
	}

	@Test
	void numbersAndTimesOutOfRangeAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ToolSettings.defaults().withParallel(0))
			.withMessageContaining("0 calls");
		assertThatIllegalArgumentException().isThrownBy(() -> ToolSettings.defaults().withTimeout(Duration.ZERO))
			.withMessageContaining("PT0S");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ToolDeclaration.none().withTimeout(Duration.ofSeconds(-1)))
			.withMessageContaining("PT-1S");
	}

	private ToolCallback tool(String name) {
		return find(ToolMethods.of(this.shop), name);
	}

	private static ToolCallback find(List<ToolCallback> tools, String name) {
		return tools.stream().filter((tool) -> tool.getToolDefinition().name().equals(name)).findFirst().orElseThrow();
	}

	record Order(int id) {

	}

	static class Shop {

		private CompletableFuture<Order> answer = CompletableFuture.completedFuture(new Order(1));

		@Tool
		Order plain() {
			return new Order(1);
		}

		@Tool
		String text() {
			return "one";
		}

		@Tool
		@Nullable Order nothing() {
			return null;
		}

		@Tool
		void ends() {
		}

		@Tool
		Mono<Order> mono() {
			return Mono.just(new Order(1));
		}

		@Tool
		Mono<String> monoText() {
			return Mono.just("one");
		}

		@Tool
		Mono<Order> emptyMono() {
			return Mono.empty();
		}

		@Tool
		Mono<Void> voidMono() {
			return Mono.empty();
		}

		@Tool
		@SuppressWarnings("NullAway")
		Mono<Order> nullMono() {
			return null;
		}

		@Tool
		Flux<Order> flux() {
			return Flux.just(new Order(1), new Order(2));
		}

		@Tool
		Flux<Order> emptyFlux() {
			return Flux.empty();
		}

		@Tool
		CompletionStage<Order> stage() {
			return CompletableFuture.completedStage(new Order(1));
		}

		@Tool
		CompletionStage<@Nullable Order> emptyStage() {
			return CompletableFuture.completedStage(null);
		}

		@Tool
		CompletableFuture<Order> future() {
			return this.answer;
		}

		@Tool
		ToolReply reply() {
			return ToolReply.of("one", new Order(1));
		}

		@Tool
		Mono<ToolReply> replyMono() {
			return Mono.just(reply());
		}

		@Tool
		String echo(Order order, int times, ToolContext context) {
			return "%d x %d for %s".formatted(order.id(), times, ToolCaller.from(context).agent());
		}

		@Tool
		Mono<String> echoMono(Order order, int times, ToolContext context) {
			return Mono.just(echo(order, times, context));
		}

		@Tool
		@ToolPolicy(timeout = "5s", idempotent = true, failures = TestException.class)
		String policed() {
			return "policed";
		}

	}

	static final class Sloppy {

		@Tool
		@ToolPolicy(timeout = "soon")
		String tool() {
			return "";
		}

	}

	static final class Hasty {

		@Tool
		@ToolPolicy(timeout = "0s")
		String tool() {
			return "";
		}

	}

}
