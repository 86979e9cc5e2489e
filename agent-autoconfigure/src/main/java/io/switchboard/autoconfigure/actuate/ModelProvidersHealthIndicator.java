package io.switchboard.autoconfigure.actuate;

import java.time.Instant;

import io.switchboard.ai.model.ModelProvider;
import io.switchboard.ai.model.ModelProviderStatus;
import io.switchboard.autoconfigure.chat.ModelProviders;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Shows how the providers fare. One that is left alone is no reason to take this
 * application for broken: its agents wait, and a new process could do no better.
 */
final class ModelProvidersHealthIndicator extends AbstractHealthIndicator {

	private final ModelProviders providers;

	ModelProvidersHealthIndicator(ModelProviders providers) {
		super("The health of the model providers cannot be told");
		this.providers = providers;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		for (ModelProvider provider : this.providers.all()) {
			builder.withDetail(provider.name(), Details.of(provider.status()));
		}
	}

	/**
	 * How a provider fares.
	 *
	 * @param state whether calls are let through: closed, open or half-open
	 * @param running how many calls are under way
	 * @param waiting how many calls wait
	 * @param resumesAt when the next call is let through, absent unless all wait
	 */
	record Details(String state, int running, int waiting, @Nullable Instant resumesAt) {

		static Details of(ModelProviderStatus status) {
			return new Details(status.state().id(), status.running(), status.waiting().size(), status.resumesAt());
		}

	}

}
