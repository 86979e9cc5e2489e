package io.switchboard.autoconfigure.line;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.switchboard.ai.model.ModelLine;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import okhttp3.Interceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.ai.anthropic.http.okhttp.AnthropicHttpClientBuilderCustomizer;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.chat.client.advisor.SimpleLoggerAdvisor;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the auto-configurations of lines, and for what clients of models do besides.
 */
class LinesTests {

	private final FakeProvider provider = FakeProvider.start();

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic", "ollama" })
	void anAnswerComesAndTheMarkOfTheCallStaysHere(String client) {
		this.provider.enqueue(Reply.answer("Hello there"));

		Clients.one(client, this.provider).run((context) -> {
			assertThat(answer(context, "support")).isEqualTo("Hello there");

			assertThat(Clients.exchange(this.provider, 1).request().header(OkHttpCalls.HEADER)).isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic" })
	void headersOfTheApplicationAreKept(String client) {
		this.provider.enqueue(Reply.answer("Hello there"));

		Clients.one(client, this.provider)
			.withPropertyValues("spring.ai." + client + ".custom-headers.X-Team=desk")
			.run((context) -> {
				answer(context, "support");

				assertThat(Clients.exchange(this.provider, 1).request().header("X-Team")).isEqualTo("desk");
			});
	}

	@ParameterizedTest
	@CsvSource({ "openai, false", "openai, true", "ollama, false", "ollama, true" })
	void anAgentAnswersWhileTheSharedThreadsAreTaken(String client, boolean advised) throws Exception {
		this.provider.enqueue(Reply.answer("Hello there"));
		CountDownLatch end = new CountDownLatch(1);
		CountDownLatch taken = new CountDownLatch(Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE);
		List<Scheduler.Worker> workers = Stream.generate(Schedulers.boundedElastic()::createWorker)
			.limit(Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE)
			.toList();
		workers.forEach((worker) -> worker.schedule(() -> hold(taken, end)));
		assertThat(taken.await(60, TimeUnit.SECONDS)).isTrue();

		try {
			Clients.one(client, this.provider)
				.withBean(ChatClientBuilderCustomizer.class,
						() -> (builder) -> builder
							.defaultAdvisors(advised ? List.of(new SimpleLoggerAdvisor()) : List.of()))
				.run((context) -> assertThat(answer(context, "support")).isEqualTo("Hello there"));
		}
		finally {
			end.countDown();
			workers.forEach(Scheduler.Worker::dispose);
		}
	}

	@Test
	void agentsWithModelsOfSeveralStartersWorkSideBySide() {
		this.provider.otherwise((request) -> Reply.answer("Hello there"));

		Clients.all(this.provider)
			.withPropertyValues("switchboard.agents.one.model=openAiChatModel",
					"switchboard.agents.two.model=anthropicChatModel", "switchboard.agents.three.model=ollamaChatModel")
			.run((context) -> {
				assertThat(context.getBeansOfType(ChatModel.class)).hasSize(3);
				assertThat(answer(context, "one")).isEqualTo("Hello there");
				assertThat(answer(context, "two")).isEqualTo("Hello there");
				assertThat(answer(context, "three")).isEqualTo("Hello there");
			});
	}

	@Test
	void aClientOfOllamaOfTheApplicationStays() {
		OllamaApi own = OllamaApi.builder().baseUrl("http://127.0.0.1:1").build();

		Clients.one("ollama", this.provider)
			.withBean("own", OllamaApi.class, () -> own)
			.run((context) -> assertThat(context.getBean(OllamaApi.class)).isSameAs(own));
	}

	@Test
	void ollamaMayBeExcluded() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(OllamaLineAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void theEndOfTheConnectionIsNotTheEndOfTheAnswer() {
		TestPublisher<String> client = TestPublisher.createNoncompliant(TestPublisher.Violation.DEFER_CANCELLATION);
		Prompt prompt = new Prompt("Hi?", OllamaChatOptions.builder().model("fake-model").build());
		AtomicBoolean completed = new AtomicBoolean();

		StepVerifier.create(new OllamaLine().call(prompt, () -> {
		}, (asked) -> client.flux()).doOnComplete(() -> completed.set(true))).thenCancel().verify(Clients.LIMIT);
		client.complete();

		assertThat(completed).isFalse();
	}

	@Test
	void aStreamOfAnthropicMayTakeTenMinutes() {
		this.provider.enqueue(Reply.answer("Hello there"));
		List<Duration> timeouts = new ArrayList<>();
		Interceptor spy = (chain) -> {
			timeouts.add(Duration.ofMillis(chain.readTimeoutMillis()));
			timeouts.add(Duration.ofNanos(chain.call().timeout().timeoutNanos()));
			return chain.proceed(chain.request());
		};

		Clients.one("anthropic", this.provider)
			.withBean(AnthropicHttpClientBuilderCustomizer.class, () -> (client) -> client.interceptor(spy))
			.run((context) -> answer(context, "support"));

		assertThat(timeouts).containsExactly(Duration.ofMinutes(10), Duration.ofMinutes(10));
	}

	@Test
	void thereAreLinesForTheClientsThatAreThere() {
		Clients.all(this.provider)
			.run((context) -> assertThat(context.getBeansOfType(ModelLine.class)).containsOnlyKeys("openAiModelLine",
					"anthropicModelLine", "ollamaModelLine"));
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(OpenAiLineAutoConfiguration.class,
					AnthropicLineAutoConfiguration.class, OllamaLineAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.ai.openai",
					"org.springframework.ai.anthropic", "org.springframework.ai.ollama"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ModelLine.class));
	}

	private static void hold(CountDownLatch taken, CountDownLatch end) {
		taken.countDown();
		try {
			end.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String answer(ApplicationContext context, String agent) {
		List<TurnEvent> events = Clients.turn(context, agent).collectList().blockOptional(Clients.LIMIT).orElseThrow();
		assertThat(Clients.types(events)).as("%s", events).endsWith("turn-completed");
		return ((TurnCompleted) events.get(events.size() - 1)).answer();
	}

}
