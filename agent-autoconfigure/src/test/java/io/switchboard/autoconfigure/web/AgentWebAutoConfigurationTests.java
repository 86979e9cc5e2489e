package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.diagnostics.UnknownSettingException;
import io.switchboard.runtime.AgentSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link AgentWebAutoConfiguration} and {@link AgentWebProperties}.
 */
class AgentWebAutoConfigurationTests {

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AgentWebAutoConfiguration.class))
		.withBean(AgentSystem.class, () -> mock(AgentSystem.class))
		.withBean(AgentCatalog.class, () -> new AgentCatalog(List.of()));

	@Test
	void routesAreThereInAReactiveApplication() {
		this.runner.run((context) -> {
			assertThat(context).hasBean("agentRoutes").hasSingleBean(SessionFeeds.class);
			assertThat(handles(context.getBean("agentRoutes", RouterFunction.class), "/agents/a/turns")).isTrue();
		});
	}

	@Test
	void routesAreNotThereInAnotherApplication() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AgentWebAutoConfiguration.class))
			.withBean(AgentSystem.class, () -> mock(AgentSystem.class))
			.run((context) -> assertThat(context).doesNotHaveBean(AgentWebAutoConfiguration.class));
	}

	@Test
	void routesAreSwitchedOff() {
		this.runner.withPropertyValues("switchboard.web.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("agentRoutes").doesNotHaveBean(SessionFeeds.class));
	}

	@Test
	void routesOfTheApplicationAreKept() {
		RouterFunction<ServerResponse> own = RouterFunctions.route()
			.GET("/mine", (request) -> ServerResponse.ok().build())
			.build();

		this.runner.withBean("agentRoutes", RouterFunction.class, () -> own)
			.run((context) -> assertThat(context).getBean("agentRoutes").isSameAs(own));
	}

	@ParameterizedTest
	@ValueSource(classes = { AgentSystem.class, TurnRequest.class, RouterFunction.class })
	void routesNeedTheirClasses(Class<?> missing) {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AgentWebAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(missing))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("agentRoutes"));
	}

	@Test
	void routesNeedAnAgentSystem() {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AgentWebAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("agentRoutes"));
	}

	@ParameterizedTest
	@CsvSource({ "switchboard.web.max-imput, max-input", "switchboard.web.baseBath, base-path" })
	void aMisspeltKeyEndsTheStart(String key, String meant) {
		this.runner.withPropertyValues(key + "=x")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(UnknownSettingException.class)
				.hasMessageContaining("- " + key.toLowerCase(Locale.ROOT))
				.hasMessageContaining("Did you mean '" + meant + "'?"));
	}

	@ParameterizedTest
	@CsvSource({ "SWITCHBOARD_WEB_MAXINPUT, 2KB", "SWITCHBOARD_WEB_MAX_INPUT, 2KB",
			"SWITCHBOARD_WEB_PORT, tcp://10.0.0.1:8080", "SWITCHBOARD_WEB_PORT_8080_TCP_ADDR, 10.0.0.1",
			"SWITCHBOARD_WEB_SERVICE_HOST, 10.0.0.1" })
	void environmentVariablesPass(String variable, String value) {
		withVariable(variable, value).run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource({ "SWITCHBOARD_WEB_MAXIMPUT, max-input", "SWITCHBOARD_WEB_MAX_INPUTS, max-input" })
	void aMisspeltEnvironmentVariableEndsTheStart(String variable, String meant) {
		withVariable(variable, "x").run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(UnknownSettingException.class)
			.hasMessageContaining("Did you mean '" + meant + "'?"));
	}

	private ReactiveWebApplicationContextRunner withVariable(String variable, String value) {
		return this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of(variable, value))));
	}

	@Test
	void basePathIsChosen() {
		this.runner.withPropertyValues("switchboard.web.base-path=/api/v1/agents").run((context) -> {
			RouterFunction<?> routes = context.getBean("agentRoutes", RouterFunction.class);

			assertThat(handles(routes, "/api/v1/agents/a/turns")).isTrue();
			assertThat(handles(routes, "/agents/a/turns")).isFalse();
		});
	}

	@Test
	void defaultsAreThoseOfTheDocumentation() {
		this.runner.run((context) -> {
			AgentWebProperties properties = context.getBean(AgentWebProperties.class);

			assertThat(properties.maxInput()).isEqualTo(DataSize.ofKilobytes(64));
			assertThat(properties.turnTimeout()).isEqualTo(Duration.ofMinutes(5));
			assertThat(properties.keepAlive()).isEqualTo(Duration.ofSeconds(15));
			assertThat(properties.showMessages()).isFalse();
			assertThat(properties.listApprovals()).isFalse();
			assertThat(properties.readerBuffer()).isEqualTo(256);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "base-path=agents", "base-path=/agents/", "base-path=/", "base-path=/{a}", "max-input=0",
			"turn-timeout=0s", "keep-alive=-1s", "reader-buffer=0", "max-replay=0B", "max-replay=-1B" })
	void impossibleSettingFailsAtStart(String setting) {
		this.runner.withPropertyValues("switchboard.web." + setting)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining(setting.substring(0, setting.indexOf('='))));
	}

	private static boolean handles(RouterFunction<?> routes, String path) {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.post(path));
		ServerRequest request = ServerRequest.create(exchange, HandlerStrategies.withDefaults().messageReaders());
		return Boolean.TRUE.equals(routes.route(request).hasElement().block(Duration.ofSeconds(60)));
	}

}
