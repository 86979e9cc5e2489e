package io.switchboard.autoconfigure.line;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Reads many answers of Anthropic's client at once, and ends when each has begun. It is a
 * process of its own because Reactor is told once how many threads it may have.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ManyStreamsApplication {

	/**
	 * Run the application.
	 * @param arguments where the provider listens, and how many answers to read
	 */
	public static void main(String[] arguments) throws InterruptedException {
		int streams = Integer.parseInt(arguments[1]);
		ConfigurableApplicationContext context = new SpringApplicationBuilder(ManyStreamsApplication.class)
			.web(WebApplicationType.NONE)
			.properties(Map.of("spring.ai.model.chat", "anthropic", "spring.ai.anthropic.base-url", arguments[0],
					"spring.ai.anthropic.api-key", "any", "spring.ai.openai.api-key", "any"))
			.run();
		ChatModel model = context.getBean(ChatModel.class);
		CountDownLatch begun = new CountDownLatch(streams);
		Flux.range(0, streams).flatMap((i) -> model.stream(new Prompt("Hi")).switchOnFirst((first, answer) -> {
			begun.countDown();
			return answer;
		}), streams).subscribe();
		boolean all = begun.await(Clients.LIMIT.toSeconds(), TimeUnit.SECONDS);
		System.exit(all ? 0 : 1);
	}

}
