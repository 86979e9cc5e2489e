package io.switchboard.autoconfigure.security;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link AgentSecurityAutoConfiguration} and {@link ExposureWarning}.
 */
@ExtendWith(OutputCaptureExtension.class)
class AgentSecurityAutoConfigurationTests {

	private static final String WARNING = "as there is no Spring Security";

	private static final String PAGE = "switchboard.page.enabled=true";

	private static final String WRITES = "management.endpoint.agents.access=unrestricted";

	private static final String EXPOSED = "management.endpoints.web.exposure.include=health,agents";

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withInitializer((context) -> context.getEnvironment().setConversionService(new ApplicationConversionService()))
		.withConfiguration(
				AutoConfigurations.of(AgentSecurityAutoConfiguration.class, EndpointAutoConfiguration.class));

	@Test
	void anOpenPageIsToldOnce(CapturedOutput output) {
		start(PAGE);

		assertThat(output.getAll().lines().filter((line) -> line.contains(WARNING))).singleElement()
			.asString()
			.contains("WARN", "[the page at /switchboard]", "server.address");
	}

	@Test
	void openWriteOperationsAreTold(CapturedOutput output) {
		start(WRITES, EXPOSED);

		assertThat(output).contains("[write operations of the endpoint 'agents']");
	}

	@Test
	void openDeadLettersAreTold(CapturedOutput output) {
		start("management.endpoint.deadletters.access=unrestricted",
				"management.endpoints.web.exposure.include=deadletters");

		assertThat(output).contains("[write operations of the endpoint 'deadletters']");
	}

	@Test
	void theAccessOfAllEndpointsIsOneOfEach(CapturedOutput output) {
		start("management.endpoints.access.default=unrestricted", "management.endpoints.web.exposure.include=*");

		assertThat(output)
			.contains("[write operations of the endpoint 'agents', write operations of the endpoint 'deadletters']");
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.endpoints.access.max-permitted=read-only", "management.server.port=-1" })
	void whatIsTurnedOffIsNotTold(String setting, CapturedOutput output) {
		start(WRITES, EXPOSED, setting);

		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void aPageWithButtonsIsTold(CapturedOutput output) {
		start(PAGE, "switchboard.page.actions=true");

		assertThat(output).contains("[the page at /switchboard with its buttons]");
	}

	@Test
	void aManagementPortHasAnAddressOfItsOwn(CapturedOutput output) {
		start(WRITES, EXPOSED, "management.server.port=0", "management.server.address=127.0.0.1");
		assertThat(output).doesNotContain(WARNING);

		start(WRITES, EXPOSED, "management.server.port=0", "server.address=127.0.0.1");
		assertThat(output).contains(WARNING);
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.port=0", EXPOSED, WRITES })
	void whatIsNotThereIsNotTold(String setting, CapturedOutput output) {
		start(setting);

		assertThat(output).doesNotContain(WARNING);
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "::1" })
	void theLoopbackAddressIsSafe(String address, CapturedOutput output) {
		start(PAGE, WRITES, EXPOSED, "server.address=" + address);

		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void whatIsSecuredIsNotTold(CapturedOutput output) {
		start(this.runner.withBean(SecurityWebFilterChain.class, () -> mock(SecurityWebFilterChain.class)), PAGE);

		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void theDefaultChainOfSpringSecurityIsOne(CapturedOutput output) {
		start(this.runner.withUserConfiguration(DefaultChain.class), PAGE);

		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void withoutSpringSecurityThereIsTheWarningOnly(CapturedOutput output) {
		ReactiveWebApplicationContextRunner without = this.runner
			.withClassLoader(new FilteredClassLoader("org.springframework.security"));
		start(without, PAGE);

		assertThat(output).contains(WARNING);
		without.withPropertyValues(PAGE).run((context) -> assertThat(context).doesNotHaveBean("agentPageCsrfFilter"));
	}

	@Test
	void thePageGetsItsTokenIfThereIsAPage() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(CsrfCookieFilter.class));
		this.runner.withPropertyValues(PAGE)
			.run((context) -> assertThat(context).hasSingleBean(CsrfCookieFilter.class));
	}

	@Test
	void otherApplicationsNeedNothing() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AgentSecurityAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(ExposureWarning.class));
	}

	private void start(String... settings) {
		start(this.runner, settings);
	}

	private static void start(ReactiveWebApplicationContextRunner runner, String... settings) {
		runner.withPropertyValues(settings)
			.run((context) -> context.getBean(ExposureWarning.class)
				.onApplicationEvent(mock(ApplicationReadyEvent.class)));
	}

	@EnableWebFluxSecurity
	@Configuration(proxyBeanMethods = false)
	static class DefaultChain {

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(
					User.withUsername("ann").password("{noop}secret").roles("USER").build());
		}

	}

}
