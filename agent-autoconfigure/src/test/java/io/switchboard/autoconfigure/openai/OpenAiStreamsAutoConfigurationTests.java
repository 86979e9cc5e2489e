package io.switchboard.autoconfigure.openai;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import io.switchboard.autoconfigure.diagnostics.UnknownSettingException;
import io.switchboard.test.provider.Exchange;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import okhttp3.Interceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.openai.autoconfigure.OpenAiChatAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link OpenAiStreamsAutoConfiguration}.
 */
class OpenAiStreamsAutoConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	/** How many requests wait at once at most where nobody has changed it. */
	private static final int USUAL_WAITING = 64;

	private final FakeProvider provider = FakeProvider.start();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OpenAiStreamsAutoConfiguration.class,
				OpenAiChatAutoConfiguration.class, ToolCallingAutoConfiguration.class))
		.withPropertyValues("spring.ai.openai.base-url=" + this.provider.baseUrl(), "spring.ai.openai.api-key=any",
				"spring.ai.openai.max-retries=0", "spring.ai.openai.chat.model=fake-model");

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@CsvSource({ "switchboard.openai.max-wating, max-waiting", "switchboard.openai.timout, timeout",
			"switchboard.openai.thread, threads" })
	void aMisspeltKeyEndsTheStart(String key, String meant) {
		this.runner.withPropertyValues(key + "=1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(UnknownSettingException.class)
				.hasMessageContaining("- " + key)
				.hasMessageContaining("Did you mean '" + meant + "'?"));
	}

	@Test
	void moreRequestsWaitForAnAnswerThanUsual() {
		int streams = USUAL_WAITING + 36;
		this.provider.otherwise(Reply.silence());

		this.runner.run((context) -> {
			Mono<Void> all = Flux.range(0, streams).flatMap((i) -> stream(context), streams).then();
			StepVerifier.create(all)
				.then(() -> assertThat(this.provider.exchange(streams)).succeedsWithin(LIMIT))
				.thenCancel()
				.verify(LIMIT);
		});
	}

	@Test
	void noMoreRequestsWaitThanAllowed() {
		Duration first = Duration.ofMillis(200);
		this.provider.enqueue(Reply.answer("one").withDelay(first), Reply.answer("two"));

		this.runner.withPropertyValues("switchboard.openai.max-waiting=1").run((context) -> {
			StepVerifier.create(Flux.merge(stream(context), stream(context)).then()).expectComplete().verify(LIMIT);

			Exchange earlier = this.provider.exchange(1).get(60, TimeUnit.SECONDS);
			Exchange later = this.provider.exchange(2).get(60, TimeUnit.SECONDS);
			assertThat(Duration.between(earlier.receivedAt(), later.receivedAt())).isGreaterThanOrEqualTo(first);
		});
	}

	@Test
	void threadsThatReadStreamsDoNotKeepTheApplicationFromEnding() {
		this.provider.enqueue(Reply.answer("one"), Reply.answer("two"));

		this.runner.run((context) -> assertThat(threadOfStream(context).isDaemon()).isTrue());
		this.runner.withPropertyValues("switchboard.openai.threads=platform")
			.run((context) -> assertThat(threadOfStream(context).isDaemon()).isTrue());
	}

	@Test
	void threadsOfThePlatformEndWithTheApplication() throws Exception {
		this.provider.enqueue(Reply.answer("one"));
		Thread[] reader = new Thread[1];

		this.runner.withPropertyValues("switchboard.openai.threads=platform").run((context) -> {
			reader[0] = threadOfStream(context);
			assertThat(reader[0].isAlive()).isTrue();
		});
		reader[0].join(LIMIT.toMillis());

		assertThat(reader[0].getName()).startsWith("switchboard-openai-");
		assertThat(reader[0].isAlive()).isFalse();
	}

	@Test
	void aStreamMayTakeTenMinutes() {
		assertThat(timeout(this.runner)).isEqualTo("600");
	}

	@Test
	void timeoutIsTheOneConfiguredForSpringAi() {
		assertThat(timeout(this.runner.withPropertyValues("spring.ai.openai.timeout=90s"))).isEqualTo("90");
		assertThat(timeout(this.runner.withPropertyValues("spring.ai.openai.timeout=90s",
				"spring.ai.openai.chat.timeout=80s", "switchboard.openai.timeout=70s")))
			.isEqualTo("80");
	}

	@Test
	void timeoutMayBeTheDefaultOfSpringAi() {
		assertThat(timeout(this.runner.withPropertyValues("spring.ai.openai.timeout=60s"))).isEqualTo("60");
		assertThat(timeout(this.runner.withPropertyValues("spring.ai.openai.timeout=90s",
				"spring.ai.openai.chat.timeout=60s", "switchboard.openai.timeout=70s")))
			.isEqualTo("60");
	}

	@Test
	void timeoutIsConfigured() {
		assertThat(timeout(this.runner.withPropertyValues("switchboard.openai.timeout=5m"))).isEqualTo("300");
	}

	@Test
	void readsHaveNoTimeoutBesideThatOfTheCall() {
		List<Duration> timeouts = new ArrayList<>();
		Interceptor spy = (chain) -> {
			timeouts.add(Duration.ofMillis(chain.readTimeoutMillis()));
			timeouts.add(Duration.ofNanos(chain.call().timeout().timeoutNanos()));
			return chain.proceed(chain.request());
		};
		this.provider.enqueue(Reply.answer("done"));

		this.runner.withBean(OpenAiHttpClientBuilderCustomizer.class, () -> (builder) -> builder.interceptor(spy))
			.run((context) -> StepVerifier.create(stream(context)).expectComplete().verify(LIMIT));

		assertThat(timeouts).containsExactly(Duration.ZERO, Duration.ofMinutes(10));
	}

	@Test
	void keyIsSent() {
		assertThat(header(this.runner, "authorization")).isEqualTo("Bearer any");
	}

	@Test
	void noKeyIsSentIfThereIsNone() {
		assertThat(header(this.runner.withPropertyValues("spring.ai.openai.api-key="), "authorization")).isNull();
	}

	@Test
	void blockingCallsAreAnsweredAsWell() {
		this.provider.enqueue(Reply.answer("Hello there"));

		this.runner.run((context) -> assertThat(context.getBean(ChatModel.class).call("Hi")).isEqualTo("Hello there"));
	}

	@Test
	void takesThePlaceOfSpringAi() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(OpenAiClients.class).hasSingleBean(ChatModel.class);
			assertThat(context.getBean("openAiChatModel")).isInstanceOf(OpenAiChatModel.class);
		});
	}

	@Test
	void backsOffIfToldTo() {
		this.runner.withPropertyValues("switchboard.openai.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(OpenAiChatModel.class)
				.doesNotHaveBean(OpenAiClients.class));
	}

	@Test
	void backsOffFromAModelOfTheApplication() {
		OpenAiChatModel own = OpenAiChatModel.builder()
			.openAiClient(mock(OpenAIClient.class))
			.openAiClientAsync(mock(OpenAIClientAsync.class))
			.build();

		this.runner.withBean("own", OpenAiChatModel.class, () -> own)
			.run((context) -> assertThat(context).hasSingleBean(OpenAiChatModel.class)
				.doesNotHaveBean(OpenAiClients.class));
	}

	@Test
	void backsOffIfAnotherModelIsChosen() {
		this.runner.withPropertyValues("spring.ai.model.chat=ollama")
			.run((context) -> assertThat(context).doesNotHaveBean(ChatModel.class)
				.doesNotHaveBean(OpenAiClients.class));
	}

	@Test
	void isNotThereWithoutTheClient() {
		this.runner.withClassLoader(new FilteredClassLoader("com.openai", "org.springframework.ai.openai"))
			.run((context) -> assertThat(context).doesNotHaveBean(OpenAiClients.class));
	}

	@ParameterizedTest
	@CsvSource({ "max-waiting, 0, 0", "timeout, 0s, PT0S" })
	void impossibleSettingsEndTheStart(String key, String value, String told) {
		this.runner.withPropertyValues("switchboard.openai." + key + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("switchboard.openai.%s is '%s' and has to be more than zero".formatted(key, told)));
	}

	private String timeout(ApplicationContextRunner runner) {
		return header(runner, "x-stainless-timeout");
	}

	private String header(ApplicationContextRunner runner, String name) {
		int number = this.provider.exchanges().size() + 1;
		this.provider.enqueue(Reply.answer("done"));
		String[] value = new String[1];
		runner.run((context) -> {
			StepVerifier
				.create(ChatClient.create(context.getBean(ChatModel.class)).prompt("Hi").stream().content().then())
				.expectComplete()
				.verify(LIMIT);
			value[0] = this.provider.exchange(number).get(60, TimeUnit.SECONDS).request().header(name);
		});
		return value[0];
	}

	private static Mono<Void> stream(ApplicationContext context) {
		return context.getBean(ChatModel.class).stream(new Prompt("Hi")).then();
	}

	private static Thread threadOfStream(ApplicationContext context) {
		Thread[] thread = new Thread[1];
		StepVerifier
			.create(context.getBean(ChatModel.class)
				.stream(new Prompt("Hi"))
				.doOnNext((response) -> thread[0] = Thread.currentThread())
				.then())
			.expectComplete()
			.verify(LIMIT);
		return thread[0];
	}

}
