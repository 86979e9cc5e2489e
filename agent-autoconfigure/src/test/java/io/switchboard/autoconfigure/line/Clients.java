package io.switchboard.autoconfigure.line;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.autoconfigure.chat.ConversationsAutoConfiguration;
import io.switchboard.autoconfigure.chat.ModelAgentAutoConfiguration;
import io.switchboard.autoconfigure.chat.ModelProvidersAutoConfiguration;
import io.switchboard.autoconfigure.openai.OpenAiStreamsAutoConfiguration;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.test.provider.Exchange;
import io.switchboard.test.provider.FakeProvider;
import reactor.core.publisher.Flux;

import org.springframework.ai.model.anthropic.autoconfigure.AnthropicChatAutoConfiguration;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.ollama.autoconfigure.OllamaApiAutoConfiguration;
import org.springframework.ai.model.ollama.autoconfigure.OllamaChatAutoConfiguration;
import org.springframework.ai.model.openai.autoconfigure.OpenAiChatAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.retry.autoconfigure.SpringAiRetryAutoConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/**
 * Applications with the real clients of vendors, and an agent {@code support} that calls
 * a fake provider.
 */
final class Clients {

	static final Duration LIMIT = Duration.ofSeconds(60);

	private Clients() {
	}

	/**
	 * An application.
	 * @param provider whom its clients call
	 * @return one with all clients, each with its chat model, and no agent
	 */
	static ApplicationContextRunner all(FakeProvider provider) {
		String root = provider.rootUrl();
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AgentSystemAutoConfiguration.class,
					ModelAgentAutoConfiguration.class, ModelProvidersAutoConfiguration.class,
					ConversationsAutoConfiguration.class, OpenAiStreamsAutoConfiguration.class,
					OpenAiLineAutoConfiguration.class, AnthropicLineAutoConfiguration.class,
					OllamaLineAutoConfiguration.class, OpenAiChatAutoConfiguration.class,
					AnthropicChatAutoConfiguration.class, OllamaApiAutoConfiguration.class,
					OllamaChatAutoConfiguration.class, ToolCallingAutoConfiguration.class,
					SpringAiRetryAutoConfiguration.class, ChatClientAutoConfiguration.class))
			.withPropertyValues("spring.ai.openai.base-url=" + root + "/v1", "spring.ai.openai.api-key=any",
					"spring.ai.openai.chat.model=fake-model", "spring.ai.anthropic.base-url=" + root,
					"spring.ai.anthropic.api-key=any", "spring.ai.ollama.base-url=" + root,
					"spring.ai.ollama.chat.model=fake-model")
			.withInitializer((context) -> new ModelClientDefaults(Supplier::get)
				.postProcessEnvironment(context.getEnvironment(), new SpringApplication()));
	}

	/**
	 * An application with one client.
	 * @param client the client, as Spring AI names it
	 * @param provider whom it calls
	 * @return the application, with an agent
	 */
	static ApplicationContextRunner one(String client, FakeProvider provider) {
		return all(provider).withPropertyValues("spring.ai.model.chat=" + client,
				"switchboard.agents.support.instructions=Be kind.");
	}

	/**
	 * An application with one client, whose agent is below a supervisor {@code desk}.
	 * @param client the client, as Spring AI names it
	 * @param provider whom it calls
	 * @return the application; its agent would take ten minutes to stop, if it waited for
	 * its turn
	 */
	static ApplicationContextRunner belowADesk(String client, FakeProvider provider) {
		return one(client, provider).withPropertyValues("switchboard.supervisors.desk.strategy=one-for-one",
				"switchboard.agents.support.supervisor=desk", "switchboard.agents.support.shutdown=10m");
	}

	static Flux<TurnEvent> turn(ApplicationContext context, String agent) {
		return context.getBean(AgentSystem.class)
			.agent("/" + agent, TurnRequest.class)
			.stream(new TurnRequest("t1", "Hi?"), TurnEvent.class);
	}

	/**
	 * Wait for a request.
	 * @param provider whom it is sent to
	 * @param number its number, the first is one
	 * @return the request and its answer
	 */
	static Exchange exchange(FakeProvider provider, int number) {
		return provider.exchange(number).orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
	}

	static List<String> types(List<TurnEvent> events) {
		return events.stream().map(TurnEvent::type).toList();
	}

	static String[] tokens(int count) {
		String[] tokens = new String[count];
		Arrays.fill(tokens, "well ");
		return tokens;
	}

}
