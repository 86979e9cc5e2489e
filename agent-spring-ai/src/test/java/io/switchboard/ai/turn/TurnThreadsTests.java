package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.SimpleLoggerAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * On which threads a turn goes on.
 */
class TurnThreadsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final FixtureContext context = new FixtureContext();

	private final FixtureModel model = new FixtureModel();

	private final Scheduler reader = Schedulers.newBoundedElastic(1, 10, "reader");

	private final List<Thread> threads = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.reader.dispose();
		this.context.close();
	}

	@Test
	void anAnswerStaysOnTheThreadThatReadsIt() {
		this.model.answers(answer().publishOn(this.reader));

		run(ChatClient.builder(this.model)).expectNextCount(2).expectComplete().verify(PATIENCE);

		assertThat(this.threads).hasSize(2).allMatch((thread) -> thread.getName().startsWith("reader"));
	}

	@Test
	void advisorsGetTheAnswerWhereTheAgentMayBlock() {
		this.model.answers(answer().publishOn(this.reader));

		run(ChatClient.builder(this.model).defaultAdvisors(new SimpleLoggerAdvisor())).expectNextCount(2)
			.expectComplete()
			.verify(PATIENCE);

		assertThat(this.threads).hasSize(2).allMatch((thread) -> thread.getName().startsWith("blocking"));
	}

	@Test
	void anAdvisorThatStandsAfterOursIsRunAsWell() {
		AtomicInteger answers = new AtomicInteger();
		this.model.answers(answer());

		run(ChatClient.builder(this.model).defaultAdvisors(new SimpleLoggerAdvisor(Ordered.LOWEST_PRECEDENCE - 1) {

			@Override
			public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
				return super.adviseStream(request, chain).doOnNext((response) -> answers.incrementAndGet());
			}

			@Override
			public String getName() {
				return "last";
			}

		})).expectNextCount(2).expectComplete().verify(PATIENCE);

		assertThat(answers).hasValue(1);
	}

	@Test
	void theAnswerOfAnUnknownModelComesWhereItsClientPutsIt() {
		this.model.answers(answer().publishOn(this.reader));

		run(ChatClient.builder(this.model), null).expectNextCount(2).expectComplete().verify(PATIENCE);

		assertThat(this.threads).hasSize(2).allMatch((thread) -> thread.getName().startsWith("boundedElastic"));
	}

	private StepVerifier.FirstStep<TurnEvent> run(ChatClient.Builder client) {
		return run(client, this.model);
	}

	private StepVerifier.FirstStep<TurnEvent> run(ChatClient.Builder client, @Nullable ChatModel known) {
		Flux<TurnEvent> events = TurnRunner.builder(client.build(), known)
			.build()
			.run(new TurnRequest("t1", "Hi?"), List.of(), this.context)
			.filter((event) -> event instanceof Token || event.last())
			.doOnNext((event) -> this.threads.add(Thread.currentThread()));
		return StepVerifier.create(events);
	}

	private static Flux<ChatResponse> answer() {
		return Flux.just(FixtureModel.response(new AssistantMessage("Hello.")));
	}

}
