package io.switchboard.autoconfigure.page;

import java.util.List;

import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.diagnostics.UnknownSettingException;
import io.switchboard.runtime.AgentSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link PageAutoConfiguration} and {@link PageRoutes}.
 */
class PageAutoConfigurationTests {

	private final ReactiveWebApplicationContextRunner off = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(PageAutoConfiguration.class))
		.withBean(AgentSystem.class, PageAutoConfigurationTests::system)
		.withBean(AgentCatalog.class, () -> new AgentCatalog(List.of()));

	private final ReactiveWebApplicationContextRunner runner = this.off
		.withPropertyValues("switchboard.page.enabled=true");

	@Test
	void pageIsThereIfEnabled() {
		this.runner.run((context) -> {
			WebTestClient client = client(context.getBean("agentPageRoutes", RouterFunction.class));

			client.get().uri("/switchboard").exchange().expectHeader().location("switchboard/");
			client.get()
				.uri("/switchboard/")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody(String.class)
				.value((html) -> assertThat(html).contains("<title>Switchboard</title>"));
			client.get().uri("/switchboard/app.js").exchange().expectStatus().isOk();
		});
	}

	@Test
	void pageIsOffByDefault() {
		this.off
			.run((context) -> assertThat(context).doesNotHaveBean("agentPageRoutes").doesNotHaveBean(PageThread.class));
	}

	@Test
	void pageNeedsAReactiveApplication() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(PageAutoConfiguration.class))
			.withPropertyValues("switchboard.page.enabled=true")
			.run((context) -> assertThat(context).doesNotHaveBean(PageAutoConfiguration.class));
	}

	@ParameterizedTest
	@ValueSource(classes = { AgentSystem.class, RouterFunction.class, OperationResponseBody.class })
	void pageNeedsItsClasses(Class<?> missing) {
		new ReactiveWebApplicationContextRunner().withConfiguration(AutoConfigurations.of(PageAutoConfiguration.class))
			.withPropertyValues("switchboard.page.enabled=true")
			.withClassLoader(new FilteredClassLoader(missing))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("agentPageRoutes"));
	}

	@Test
	void pageOfTheApplicationIsKept() {
		RouterFunction<ServerResponse> own = RouterFunctions.route()
			.GET("/mine", (request) -> ServerResponse.ok().build())
			.build();

		this.runner.withBean("agentPageRoutes", RouterFunction.class, () -> own)
			.run((context) -> assertThat(context).getBean("agentPageRoutes").isSameAs(own));
	}

	@Test
	void aMisspeltKeyEndsTheStart() {
		this.runner.withPropertyValues("switchboard.page.chats=true")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(UnknownSettingException.class)
				.hasMessageContaining("Did you mean 'chat'?"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/switchboard/", "/switchboard/app.js", "/switchboard/api/settings" })
	void browserRunsNothingButWhatTheApplicationBrings(String path) {
		this.runner.run((context) -> client(context.getBean("agentPageRoutes", RouterFunction.class)).get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.value("Content-Security-Policy",
					(policy) -> assertThat(policy).startsWith("default-src 'self';").doesNotContain("unsafe"))
			.expectHeader()
			.valueEquals("X-Content-Type-Options", "nosniff")
			.expectHeader()
			.valueEquals("Cache-Control", "no-store"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/switchboard/../PageRoutes.class", "/switchboard/..%2fPageRoutes.class",
			"/switchboard/api/children?path=/nobody", "/switchboard/api/children?path=nowhere" })
	void whatIsNotThereIsNotFound(String uri) {
		this.runner.run((context) -> client(context.getBean("agentPageRoutes", RouterFunction.class)).get()
			.uri(uri)
			.exchange()
			.expectStatus()
			.isNotFound());
	}

	private static WebTestClient client(RouterFunction<?> routes) {
		return WebTestClient.bindToRouterFunction(routes).build();
	}

	private static AgentSystem system() {
		AgentSystem system = mock(AgentSystem.class);
		given(system.events()).willReturn(Flux.never());
		return system;
	}

}
