package io.switchboard.autoconfigure.line;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.switchboard.test.provider.Exchange;
import io.switchboard.test.provider.ExchangeOutcome;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.context.ContextView;

import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OllamaCall}.
 */
class OllamaCallTests {

	private static final Prompt PROMPT = new Prompt("Hello", OllamaChatOptions.builder().build());

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

	@Test
	void aResponseThatComesWhileItsCallIsCancelledIsClosed() {
		try (FakeProvider provider = FakeProvider.start()) {
			provider.otherwise(Reply.stream("Hello", " there").stallingAfter(1));
			BaseSubscriber<String> caller = new BaseSubscriber<>() {
			};
			WebClient client = WebClient.builder()
				.filter((request, next) -> next.exchange(request).doOnNext((response) -> caller.cancel()))
				.filter(OllamaCall::filter)
				.build();

			new OllamaLine().call(PROMPT, () -> {
			}, (prompt) -> client.post()
				.uri(provider.rootUrl() + "/api/chat")
				.bodyValue(Map.of("model", "fake-model", "stream", true, "messages",
						List.of(Map.of("role", "user", "content", "Hello"))))
				.retrieve()
				.bodyToFlux(String.class)).subscribe(caller);

			assertThat(provider.exchange(1).thenCompose(Exchange::finished)).succeedsWithin(Duration.ofSeconds(30))
				.isEqualTo(ExchangeOutcome.CLOSED_BY_CLIENT);
		}
	}

}
