package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.failure.TurnFailureException;
import io.switchboard.ai.model.ModelProvider;
import io.switchboard.autoconfigure.actuate.ModelProviderDescriptor.Waiting;
import io.switchboard.autoconfigure.chat.Caller;
import io.switchboard.autoconfigure.chat.ModelProvidersAutoConfiguration;
import io.switchboard.test.model.ScriptedChatModel;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ModelProviderMetricsAutoConfiguration},
 * {@link ModelProvidersHealthAutoConfiguration} and
 * {@link ModelProvidersEndpointAutoConfiguration}.
 */
class ModelProviderActuatorTests {

	private static final Flux<?> OUTAGE = Flux
		.error(() -> new TurnFailureException(TurnFailure.of(FailureClass.OVERLOADED)));

	private final Caller caller = new Caller();

	private final ModelProvider provider = ModelProvider.builder("model").maxConcurrent(1).build();

	private final ApplicationContextRunner without = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ModelProviderMetricsAutoConfiguration.class,
				ModelProvidersHealthAutoConfiguration.class, ModelProvidersEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=modelproviders");

	private final ApplicationContextRunner runner = this.without
		.withConfiguration(AutoConfigurations.of(ModelProvidersAutoConfiguration.class))
		.withBean("model", ScriptedChatModel.class, () -> ScriptedChatModel.script().build())
		.withBean(ModelProvider.class, () -> this.provider);

	@Test
	void providersHaveMetrics() {
		this.caller.call(this.provider, "/answered", Flux.empty());
		this.caller.call(this.provider, "/failed", OUTAGE);
		this.caller.call(this.provider, "/cancelled", Flux.never()).dispose();
		this.caller.call(this.provider, "/running", Flux.never().take(Duration.ofSeconds(30), this.caller.clock()));
		this.caller.call(this.provider, "/waits", Flux.never());
		this.caller.clock().advanceTimeBy(Duration.ofSeconds(30));
		this.caller.call(this.provider, "/refused", Flux.never());
		this.caller.clock().advanceTimeBy(Duration.ofMinutes(2));
		this.caller.call(this.provider, "/waiting", Flux.never());
		this.runner.run((context) -> {
			MeterRegistry registry = new SimpleMeterRegistry();
			context.getBean(ModelProviderMetrics.class).bindTo(registry);

			assertThat(gauge(registry, "running")).isEqualTo(1);
			assertThat(gauge(registry, "waiting")).isEqualTo(1);
			assertThat(gauge(registry, "held")).isZero();
			assertThat(calls(registry, "answered")).isEqualTo(2);
			assertThat(calls(registry, "failed")).isEqualTo(1);
			assertThat(calls(registry, "undecided")).isEqualTo(1);
			assertThat(calls(registry, "refused")).isEqualTo(1);
			assertThat(registry.get("switchboard.provider.wait").tag("provider", "model").functionTimer())
				.satisfies((timer) -> {
					assertThat(timer.count()).isEqualTo(1);
					assertThat(timer.totalTime(timer.baseTimeUnit())).isEqualTo(30);
				});
		});
	}

	@Test
	void metricsShowThatAProviderIsLeftAlone() {
		outage();
		this.runner.run((context) -> {
			MeterRegistry registry = new SimpleMeterRegistry();
			context.getBean(ModelProviderMetrics.class).bindTo(registry);

			assertThat(gauge(registry, "held")).isEqualTo(1);
			assertThat(breaker(registry, "open")).isEqualTo(1);
			assertThat(breaker(registry, "half-open")).isZero();
			assertThat(breaker(registry, "closed")).isZero();
		});
	}

	@Test
	void aProviderThatIsLeftAloneIsShownAndDoesNoHarmToTheHealth() {
		outage();
		this.caller.call(this.provider, "/waiting", Flux.never());
		this.runner.run((context) -> {
			Health health = context.getBean("modelProvidersHealthIndicator", HealthIndicator.class).health();

			assertThat(health).isNotNull();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("model",
					new ModelProvidersHealthIndicator.Details("open", 0, 1, Instant.ofEpochSecond(10)));
		});
	}

	@Test
	void theHealthCanBeSwitchedOff() {
		this.runner.withPropertyValues("management.health.model-providers.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void anIndicatorOfTheApplicationIsKept() {
		HealthIndicator own = () -> Health.up().build();
		this.runner.withBean("modelProvidersHealthIndicator", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context).getBean(HealthIndicator.class).isSameAs(own));
	}

	@Test
	void theEndpointShowsWhoWaits() {
		this.caller.call(this.provider, "/desk/ann", Flux.never());
		this.caller.call(this.provider, "/desk/ben", Flux.never());
		this.caller.call(this.provider, "/desk/cem", Flux.never());
		this.runner.run((context) -> {
			ModelProvidersEndpoint endpoint = context.getBean(ModelProvidersEndpoint.class);

			assertThat(endpoint.providers(null).providers()).singleElement().satisfies((provider) -> {
				assertThat(provider.name()).isEqualTo("model");
				assertThat(provider.state()).isEqualTo("closed");
				assertThat(provider.running()).isEqualTo(1);
				assertThat(provider.waitingCount()).isEqualTo(2);
				assertThat(provider.waiting()).containsExactly(new Waiting("/desk/ben", 1, Instant.EPOCH, null),
						new Waiting("/desk/cem", 2, Instant.EPOCH, null));
			});
			assertThat(endpoint.providers(1).providers().get(0).waiting()).hasSize(1);
			assertThatExceptionOfType(InvalidEndpointRequestException.class).isThrownBy(() -> endpoint.providers(-1))
				.withMessage("Limit -1 is not possible: zero or more calls can be shown");
		});
	}

	@Test
	void theEndpointIsNotThereUnlessItIsExposed() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(ModelProvidersEndpoint.class));
	}

	@Test
	void withoutProvidersThereIsNothingToShow() {
		this.without.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(ModelProvidersEndpoint.class)
			.doesNotHaveBean(MeterBinder.class)
			.doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void withoutModelAgentsThereIsNothingToShow() {
		this.without.withClassLoader(new FilteredClassLoader(ModelProvider.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ModelProvidersEndpoint.class));
	}

	@Test
	void metricsNeedMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ModelProviderMetricsAutoConfiguration.class));
	}

	private void outage() {
		for (int call = 0; call < 5; call++) {
			this.caller.call(this.provider, "/agent", OUTAGE);
		}
	}

	private static double gauge(MeterRegistry registry, String name) {
		return registry.get("switchboard.provider." + name).tag("provider", "model").gauge().value();
	}

	private static double breaker(MeterRegistry registry, String state) {
		return registry.get("switchboard.provider.breaker").tags("provider", "model", "state", state).gauge().value();
	}

	private static double calls(MeterRegistry registry, String outcome) {
		return registry.get("switchboard.provider.calls")
			.tag("provider", "model")
			.tag("outcome", outcome)
			.functionCounter()
			.count();
	}

}
