package io.switchboard.autoconfigure.actuate;

import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.switchboard.ai.model.BreakerState;
import io.switchboard.ai.model.ModelProvider;
import io.switchboard.ai.model.ModelProviderStatistics;
import io.switchboard.autoconfigure.chat.ModelProviders;

/**
 * Shows what goes on at the providers.
 */
final class ModelProviderMetrics implements MeterBinder {

	private final ModelProviders providers;

	ModelProviderMetrics(ModelProviders providers) {
		this.providers = providers;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.providers.all().forEach((provider) -> bind(registry, provider));
	}

	private static void bind(MeterRegistry registry, ModelProvider provider) {
		gauge(registry, provider, "switchboard.provider.running", "Model calls under way",
				ModelProviderStatistics::running);
		gauge(registry, provider, "switchboard.provider.waiting", "Model calls that wait",
				ModelProviderStatistics::waiting);
		gauge(registry, provider, "switchboard.provider.held", "Whether the provider is left alone",
				(statistics) -> statistics.held() ? 1 : 0);
		for (BreakerState state : BreakerState.values()) {
			breaker(registry, provider, state);
		}
		calls(registry, provider, "answered", ModelProviderStatistics::answered);
		calls(registry, provider, "failed", ModelProviderStatistics::failed);
		calls(registry, provider, "undecided", ModelProviderStatistics::undecided);
		calls(registry, provider, "refused", ModelProviderStatistics::refused);
		FunctionTimer
			.builder("switchboard.provider.wait", provider, (source) -> source.statistics().waits(),
					(source) -> source.statistics().waited().toMillis(), TimeUnit.MILLISECONDS)
			.description("How long model calls waited that were let through later")
			.tag("provider", provider.name())
			.register(registry);
	}

	private static void gauge(MeterRegistry registry, ModelProvider provider, String name, String description,
			ToDoubleFunction<ModelProviderStatistics> value) {
		Gauge.builder(name, provider, (source) -> value.applyAsDouble(source.statistics()))
			.description(description)
			.tag("provider", provider.name())
			.register(registry);
	}

	private static void breaker(MeterRegistry registry, ModelProvider provider, BreakerState state) {
		Gauge
			.builder("switchboard.provider.breaker", provider,
					(source) -> (source.statistics().state() == state) ? 1 : 0)
			.description("Whether the breaker is in this state")
			.tag("provider", provider.name())
			.tag("state", state.id())
			.register(registry);
	}

	private static void calls(MeterRegistry registry, ModelProvider provider, String outcome,
			ToLongFunction<ModelProviderStatistics> value) {
		FunctionCounter
			.builder("switchboard.provider.calls", provider, (source) -> value.applyAsLong(source.statistics()))
			.description("Model calls that have ended")
			.tag("provider", provider.name())
			.tag("outcome", outcome)
			.register(registry);
	}

}
