package io.switchboard.autoconfigure.line;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.context.ContextView;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OllamaCall}.
 */
class OllamaCallTests {

	private final List<ContextView> contexts = new ArrayList<>();

	@Test
	void aConnectionDoesNotKnowTheCallItIsMadeFor() {
		OllamaCall call = new OllamaCall(() -> {
		});
		ClientRequest request = ClientRequest.create(HttpMethod.POST, URI.create("http://localhost/api/chat")).build();

		Mono<ClientResponse> response = OllamaCall.filter(request, (asked) -> Mono.deferContextual((context) -> {
			this.contexts.add(context);
			return Mono.just(ClientResponse.create(HttpStatus.OK).build());
		})).contextWrite((context) -> context.put(OllamaCall.class, call).put("user", "ada"));

		StepVerifier.create(response).expectNextCount(1).expectComplete().verify(Duration.ofSeconds(30));
		assertThat(this.contexts).singleElement().satisfies((context) -> {
			assertThat(context.hasKey(OllamaCall.class)).isFalse();
			assertThat(context.<String>get("user")).isEqualTo("ada");
		});
	}

}
