package io.switchboard.autoconfigure.actuate;

import java.util.List;

import io.switchboard.autoconfigure.chat.ModelProviders;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Shows the providers that agents share: whether calls are let through, and which agents
 * wait, for how long, and for how much longer.
 *
 * @since 0.1.0
 */
@Endpoint(id = "modelproviders")
public class ModelProvidersEndpoint {

	static final int DEFAULT_LIMIT = 200;

	private final ModelProviders providers;

	/**
	 * Show providers.
	 * @param providers the providers
	 */
	public ModelProvidersEndpoint(ModelProviders providers) {
		this.providers = providers;
	}

	/**
	 * All providers.
	 * @param limit how many of the calls that wait at each to show, 200 if not given
	 * @return the providers
	 */
	@ReadOperation
	Descriptor providers(@Nullable Integer limit) {
		int shown = (limit != null) ? limit : DEFAULT_LIMIT;
		if (shown < 0) {
			String reason = "Limit %d is not possible: zero or more calls can be shown".formatted(shown);
			throw new InvalidEndpointRequestException(reason, reason);
		}
		return new Descriptor(this.providers.all()
			.stream()
			.map((provider) -> ModelProviderDescriptor.of(provider.status(), shown))
			.toList());
	}

	/**
	 * The providers on the wire.
	 *
	 * @param providers the providers
	 */
	record Descriptor(List<ModelProviderDescriptor> providers) {

	}

}
