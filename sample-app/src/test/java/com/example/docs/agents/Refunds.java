package com.example.docs.agents;

import java.math.BigDecimal;
import java.util.List;

import io.switchboard.AgentRef;
import io.switchboard.ai.ModelAgents;
import io.switchboard.ai.turn.OutputType;
import io.switchboard.ai.turn.TurnRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.ai.content.Media;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeTypeUtils;

/**
 * Shows how agents are asked for values.
 */
final class Refunds {

	// tag::list[]
	static final OutputType<List<Refund>> REFUNDS = OutputType.of(new ParameterizedTypeReference<>() {
	});

	static Mono<List<Refund>> refunds(AgentRef<TurnRequest> support) {
		return ModelAgents.ask(support, "What do we owe Ada?", REFUNDS);
	}
	// end::list[]

	private Refunds() {
	}

	// tag::ask[]
	static Mono<Refund> refund(AgentRef<TurnRequest> support) {
		return ModelAgents.ask(support, "What do we owe for ORD-1001?", Refund.class);
	}
	// end::ask[]

	// tag::media[]
	static Mono<Refund> refund(AgentRef<TurnRequest> support, Resource photo) {
		TurnRequest request = TurnRequest.of("Is this damaged? What do we owe?")
			.withMedia(List.of(new Media(MimeTypeUtils.IMAGE_JPEG, photo)));
		return ModelAgents.ask(support, request, OutputType.of(Refund.class));
	}
	// end::media[]

	// tag::value[]
	record Refund(String order, BigDecimal amount, @Nullable String note) {

		Refund {
			if (amount.signum() <= 0) {
				throw new IllegalArgumentException("The amount must be more than zero");
			}
		}

	}
	// end::value[]

}
