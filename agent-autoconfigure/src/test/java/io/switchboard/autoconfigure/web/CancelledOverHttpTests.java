package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.switchboard.test.provider.Exchange;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.SimpleLoggerAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import static io.switchboard.autoconfigure.web.DeskClient.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * A turn that is cancelled over HTTP, or whose session is deleted, closes its connection
 * to the provider, for each of the clients, with an advisor around each call.
 */
@SpringBootTest(classes = CancelledOverHttpTests.App.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@TestPropertySource(properties = { "server.address=127.0.0.1", "spring.ai.openai.api-key=any",
		"spring.ai.openai.chat.model=fake-model", "spring.ai.anthropic.api-key=any",
		"spring.ai.ollama.chat.model=fake-model", "switchboard.agents.openai.model=openAiChatModel",
		"switchboard.agents.anthropic.model=anthropicChatModel", "switchboard.agents.ollama.model=ollamaChatModel" })
class CancelledOverHttpTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	/** Without a line, it takes until the next token, or for ever. */
	private static final Duration SOON = Duration.ofSeconds(5);

	private static final FakeProvider provider = FakeProvider.start();

	private static final AtomicInteger sessions = new AtomicInteger();

	@Autowired
	private CountingAdvisor advisor;

	@LocalServerPort
	private int port;

	private DeskClient desk;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry registry) {
		registry.add("spring.ai.openai.base-url", provider::baseUrl);
		registry.add("spring.ai.anthropic.base-url", provider::rootUrl);
		registry.add("spring.ai.ollama.base-url", provider::rootUrl);
		for (String agent : new String[] { "openai", "anthropic", "ollama" }) {
			String prefix = "switchboard.agents." + agent + ".";
			registry.add(prefix + "per-session", () -> true);
			registry.add(prefix + "instructions", () -> "Be kind.");
			registry.add(prefix + "recovery.context-overflow", () -> "summarize");
		}
	}

	@BeforeEach
	void connect() {
		this.desk = new DeskClient(this.port);
	}

	@AfterAll
	static void closeProvider() {
		provider.close();
	}

	@ParameterizedTest
	@MethodSource("cases")
	void theConnectionIsClosed(String agent, Phase phase, Ending ending) throws Exception {
		String session = "/agents/" + agent + "/s" + sessions.incrementAndGet();
		provider.enqueue(Reply.answer("Hello."));
		this.desk.ask(session + "/turns", "Hi").expectStatus().is2xxSuccessful();
		assertThat(this.advisor.streams.getAndSet(0)).isEqualTo(1);
		int number = provider.exchanges().size() + phase.replies.length;
		provider.enqueue(phase.replies);
		AtomicReference<ServerSentEvent<String>> started = new AtomicReference<>();
		Flux<String> turn = events(this.desk.stream(session + "/turns", "Go on")).doOnNext((event) -> {
			started.compareAndSet(null, event);
			if (phase.reached.equals(event.event())) {
				await(number);
				this.desk.delete(ending.path(session, started.get())).expectStatus().isNoContent();
			}
		}).mapNotNull(ServerSentEvent::event).filter("turn-cancelled"::equals);

		StepVerifier.create(turn).expectNext("turn-cancelled").expectComplete().verify(LIMIT);

		Exchange exchange = await(number);
		assertThat(exchange.clientClose()).succeedsWithin(SOON);
		assertThat(provider.exchanges()).hasSize(number);
		assertThat(this.advisor.streams.getAndSet(0)).isEqualTo(phase.replies.length);
	}

	static Stream<Arguments> cases() {
		return Stream.of("openai", "anthropic", "ollama")
			.flatMap((agent) -> Stream.of(Phase.values())
				.flatMap((phase) -> Stream.of(Ending.values())
					.map((ending) -> argumentSet("%s, %s, %s".formatted(agent, phase, ending), agent, phase, ending))));
	}

	private static Exchange await(int number) {
		return provider.exchange(number).orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
	}

	enum Phase {

		NOT_BEGUN("turn-started", Reply.silence()),

		STALLED("token", Reply.stream("a", "b").stallingAfter(1)),

		GOING_ON("token",
				Reply.stream(Collections.nCopies(10_000, "on ").toArray(String[]::new))
					.withPace(Duration.ofSeconds(20))),

		SUMMING_UP("recovering", Reply.contextLengthExceeded(), Reply.silence());

		/** The event that tells of it. */
		private final String reached;

		private final Reply[] replies;

		Phase(String reached, Reply... replies) {
			this.reached = reached;
			this.replies = replies;
		}

	}

	enum Ending {

		TURN_IS_CANCELLED {
			@Override
			String path(String session, ServerSentEvent<String> started) {
				return session + "/turns/" + Objects.requireNonNull(started.data()).split("\"")[3];
			}
		},

		SESSION_IS_DELETED {
			@Override
			String path(String session, ServerSentEvent<String> started) {
				return session;
			}
		};

		abstract String path(String session, ServerSentEvent<String> started);

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class App {

		@Bean
		CountingAdvisor advisor() {
			return new CountingAdvisor();
		}

		@Bean
		ChatClientBuilderCustomizer advised(CountingAdvisor advisor) {
			return (builder) -> builder.defaultAdvisors(advisor);
		}

	}

	static class CountingAdvisor extends SimpleLoggerAdvisor {

		private final AtomicInteger streams = new AtomicInteger();

		@Override
		public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
			this.streams.incrementAndGet();
			return super.adviseStream(request, chain);
		}

	}

}
