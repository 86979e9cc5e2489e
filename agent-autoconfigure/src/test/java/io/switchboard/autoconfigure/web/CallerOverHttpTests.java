package io.switchboard.autoconfigure.web;

import java.util.List;
import java.util.Map;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import io.switchboard.test.model.ScriptedChatModel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a tool knows who has sent the request, as filters in front of it have found
 * out, and that the next one does not.
 */
@SpringBootTest(classes = CallerOverHttpTests.Office.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@TestPropertySource(properties = { "server.address=127.0.0.1", "switchboard.agents.support.instructions=You help.",
		"switchboard.agents.support.tools=callers", "spring.ai.model.chat=none" })
class CallerOverHttpTests {

	@LocalServerPort
	private int port;

	@Autowired
	private ScriptedChatModel model;

	@BeforeAll
	static void register() {
		ContextRegistry.getInstance().registerThreadLocalAccessor(new Slf4jThreadLocalAccessor("tenant"));
	}

	@AfterAll
	static void remove() {
		ContextRegistry.getInstance().removeThreadLocalAccessor(Slf4jThreadLocalAccessor.KEY);
	}

	@Test
	void toolsKnowWhoHasSentTheRequestAndTheMarksOfItsLogLines() {
		DeskClient client = new DeskClient(this.port);

		client.ask("/agents/support/turns", "Who am I?", (headers) -> headers.set("X-User", "ann"))
			.expectStatus()
			.isOk();
		assertThat(results(0)).containsExactly("blocking: ann of acme", "reactive: ann");

		client.ask("/agents/support/turns", "And now?").expectStatus().isOk();
		assertThat(results(1)).containsExactly("blocking: nobody of null", "reactive: nobody");
	}

	private List<String> results(int turn) {
		List<ToolResponse> responses = this.model.prompts().get(turn * 3 + 2).toolResponses();
		return responses.stream()
			.skip(responses.size() - 2L)
			.map((response) -> response.name() + ": " + response.responseData().replace("\"", ""))
			.toList();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Office {

		@Bean
		ScriptedChatModel model() {
			return ScriptedChatModel.script()
				.toolCall("blocking", "{}")
				.toolCall("reactive", "{}")
				.answer("done")
				.toolCall("blocking", "{}")
				.toolCall("reactive", "{}")
				.answer("done")
				.build();
		}

		@Bean
		Callers callers() {
			return new Callers();
		}

		@Bean
		WebFilter identity() {
			return (exchange, chain) -> {
				String user = exchange.getRequest().getHeaders().getFirst("X-User");
				return (user != null) ? chain.filter(exchange)
					.contextWrite((context) -> context.put(Slf4jThreadLocalAccessor.KEY, Map.of("tenant", "acme")))
					.contextWrite(ReactiveSecurityContextHolder.withAuthentication(
							UsernamePasswordAuthenticationToken.authenticated(user, "secret", List.of())))
						: chain.filter(exchange);
			};
		}

	}

	static class Callers {

		@Tool(description = "Says who calls.")
		String blocking() {
			return "%s of %s".formatted(name(SecurityContextHolder.getContext().getAuthentication()),
					MDC.get("tenant"));
		}

		@Tool(description = "Says who calls.")
		Mono<String> reactive() {
			return ReactiveSecurityContextHolder.getContext()
				.map((context) -> name(context.getAuthentication()))
				.defaultIfEmpty("nobody");
		}

		private static String name(@Nullable Authentication authentication) {
			return (authentication != null) ? authentication.getName() : "nobody";
		}

	}

}
