package io.switchboard.autoconfigure.line;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.switchboard.ai.model.ModelLine;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

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
	@ValueSource(strings = "openai")
	void anAnswerComesAndTheMarkOfTheCallStaysHere(String client) {
		this.provider.enqueue(Reply.answer("Hello there"));

		Clients.one(client, this.provider).run((context) -> {
			assertThat(answer(context, "support")).isEqualTo("Hello there");

			assertThat(this.provider.exchange(1).join().request().header(OkHttpCalls.HEADER)).isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = "openai")
	void headersOfTheApplicationAreKept(String client) {
		this.provider.enqueue(Reply.answer("Hello there"));

		Clients.one(client, this.provider)
			.withPropertyValues("spring.ai." + client + ".custom-headers.X-Team=desk")
			.run((context) -> {
				answer(context, "support");

				assertThat(this.provider.exchange(1).join().request().header("X-Team")).isEqualTo("desk");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = "openai")
	void anAgentAnswersWhileTheSharedThreadsAreTaken(String client) throws Exception {
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
				.run((context) -> assertThat(answer(context, "support")).isEqualTo("Hello there"));
		}
		finally {
			end.countDown();
			workers.forEach(Scheduler.Worker::dispose);
		}
	}

	@Test
	void thereAreLinesForTheClientsThatAreThere() {
		Clients.all(this.provider)
			.run((context) -> assertThat(context.getBeansOfType(ModelLine.class)).containsOnlyKeys("openAiModelLine"));
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(OpenAiLineAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.ai.openai"))
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
