package io.switchboard.autoconfigure.chat;

import java.time.Duration;
import java.time.Instant;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.FailureClassifier;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.failure.TurnFailureException;
import io.switchboard.ai.model.BreakerState;
import io.switchboard.ai.model.ModelProvider;
import io.switchboard.ai.model.ModelProviderStatus;
import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.test.model.ScriptedChatModel;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ModelProvidersAutoConfiguration}.
 */
class ModelProvidersAutoConfigurationTests {

	private final Caller caller = new Caller();

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(AgentSystemAutoConfiguration.class, ModelProvidersAutoConfiguration.class));

	private final ApplicationContextRunner withModels = this.runner
		.withBean("large", ScriptedChatModel.class, () -> ScriptedChatModel.script().build())
		.withBean("small", ScriptedChatModel.class, () -> ScriptedChatModel.script().build());

	@Test
	void eachChatModelHasAProvider() {
		this.withModels.run((context) -> {
			ModelProviders providers = context.getBean(ModelProviders.class);

			assertThat(providers.all()).extracting(ModelProvider::name).containsExactly("large", "small");
			assertThat(providers.get("small")).isSameAs(providers.get("small")).isNotSameAs(providers.get("large"));
		});
	}

	@Test
	void noModelsMakeNoProviders() {
		this.runner.run((context) -> assertThat(context.getBean(ModelProviders.class).all()).isEmpty());
	}

	@Test
	void nobodyElseHasOne() {
		this.withModels.run((context) -> assertThatIllegalArgumentException()
			.isThrownBy(() -> context.getBean(ModelProviders.class).get("medium"))
			.withMessage("There is no ChatModel bean 'medium' and so no provider of it: there are [large, small]"));
	}

	@Test
	void propertiesSetLimits() {
		this.withModels
			.withPropertyValues("switchboard.providers.small.max-concurrent=1",
					"switchboard.providers.small.max-wait=30s")
			.run((context) -> {
				ModelProvider provider = call("small", context, Flux.never(), 2);
				assertThat(provider.status().running()).isEqualTo(1);
				assertThat(provider.status().waiting()).hasSize(1);

				this.caller.clock().advanceTimeBy(Duration.ofSeconds(30));
				assertThat(provider.status().waiting()).isEmpty();

				assertThat(call("large", context, Flux.never(), 2).status().running()).isEqualTo(2);
			});
	}

	@Test
	void propertiesSetAPace() {
		this.withModels.withPropertyValues("switchboard.providers.small.requests-per-minute=60")
			.run((context) -> assertThat(call("small", context, Flux.empty(), 3).status().waiting()).hasSize(2));
	}

	@Test
	void propertiesSetTheBreaker() {
		Flux<?> outage = Flux.error(() -> new TurnFailureException(TurnFailure.of(FailureClass.NETWORK)));
		this.withModels.withPropertyValues("switchboard.providers.small.breaker.minimum-calls=2",
				"switchboard.providers.small.breaker.open-for=3s", "switchboard.providers.large.breaker.enabled=false")
			.run((context) -> {
				ModelProviderStatus small = call("small", context, outage, 2).status();
				assertThat(small.state()).isEqualTo(BreakerState.OPEN);
				assertThat(small.resumesAt()).isEqualTo(Instant.ofEpochSecond(3));

				assertThat(call("large", context, outage, 20).status().state()).isEqualTo(BreakerState.CLOSED);
			});
	}

	@Test
	void theApplicationTeachesWhatIsAFailure() {
		this.withModels
			.withBean(FailureClassifier.class,
					() -> (ex) -> (ex instanceof UnsupportedOperationException)
							? TurnFailure.of(FailureClass.OVERLOADED) : null)
			.run((context) -> {
				Flux<?> outage = Flux.error(UnsupportedOperationException::new);

				assertThat(call("small", context, outage, 5).status().state()).isEqualTo(BreakerState.OPEN);
			});
	}

	@Test
	void aProviderOfTheApplicationIsUsed() {
		ModelProvider own = ModelProvider.builder("small").maxConcurrent(7).build();
		this.withModels.withBean("mine", ModelProvider.class, () -> own).run((context) -> {
			assertThat(context.getBean(ModelProviders.class).get("small")).isSameAs(own);
			assertThat(context.getBean(ModelProviders.class).get("large")).isNotSameAs(own);
		});
	}

	@Test
	void withoutModelAgentsThereIsNothing() {
		this.runner.withClassLoader(new FilteredClassLoader(ModelProvider.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ModelProviders.class));
	}

	private ModelProvider call(String model, ApplicationContext context, Flux<?> answer, int times) {
		ModelProvider provider = context.getBean(ModelProviders.class).get(model);
		for (int call = 0; call < times; call++) {
			this.caller.call(provider, "/agent" + call, answer);
		}
		return provider;
	}

}
