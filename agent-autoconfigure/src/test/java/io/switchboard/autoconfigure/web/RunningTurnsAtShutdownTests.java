package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.switchboard.test.provider.Exchange;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.http.codec.ServerSentEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for turns over HTTP that run when the application stops: the web server's
 * graceful shutdown waits for them, and a stop of the agents does not.
 */
class RunningTurnsAtShutdownTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private final FakeProvider provider = FakeProvider.start();

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void turnIsFinishedWhileTheServerShutsDownGracefully() {
		this.provider.enqueue(Reply.toolCall("lookUp", "{}"), Reply.answer("It was sent."));
		ConfigurableApplicationContext context = start("2m");
		Orders orders = context.getBean(Orders.class);
		StepVerifier turn = StepVerifier
			.create(desk(context).open("/agents/support/turns", "Where is it?").map(ServerSentEvent::event).last())
			.expectNext("turn-completed")
			.expectComplete()
			.verifyLater();
		awaitLatch(orders.called);

		StepVerifier closed = StepVerifier.create(close(context)).expectComplete().verifyLater();
		awaitLatch(context.getBean(Marker.class).serverStops);
		orders.found.countDown();

		turn.verify(SOON);
		closed.verify(SOON);
	}

	@Test
	void turnThatIsNotFinishedByThenIsCutOffAtTheProvider() {
		this.provider.enqueue(Reply.stream("It ", "was ", "sent").stallingAfter(1));
		ConfigurableApplicationContext context = start("100ms");
		CountDownLatch token = new CountDownLatch(1);
		StepVerifier turn = StepVerifier.create(desk(context).open("/agents/support/turns", "Where is it?")
			.map(ServerSentEvent::event)
			.doOnNext((event) -> {
				if ("token".equals(event)) {
					token.countDown();
				}
			})
			.onErrorComplete())
			.expectNext("turn-started", "token")
			// if the connection is still there
			.thenConsumeWhile("turn-failed"::equals)
			.expectComplete()
			.verifyLater();
		Exchange exchange = this.provider.exchange(1).orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
		awaitLatch(token);

		StepVerifier.create(close(context)).expectComplete().verify(SOON);

		turn.verify(SOON);
		assertThat(exchange.clientClose()).succeedsWithin(SOON);
	}

	private ConfigurableApplicationContext start(String phase) {
		return new SpringApplicationBuilder(HelpDesk.class).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "server.address=127.0.0.1", "server.shutdown=graceful",
					"spring.lifecycle.timeout-per-shutdown-phase=" + phase, "spring.ai.model.chat=openai",
					"spring.ai.openai.base-url=" + this.provider.baseUrl(), "spring.ai.openai.api-key=any",
					"spring.ai.openai.chat.model=fake-model", "switchboard.agents.support.instructions=Be kind.",
					"switchboard.agents.support.tools=orders",
					// nothing of this may be spent on the turn
					"switchboard.agents.support.shutdown=10m")
			.run();
	}

	private static DeskClient desk(ConfigurableApplicationContext context) {
		return new DeskClient(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	private static Mono<Void> close(ConfigurableApplicationContext context) {
		return Mono.<Void>fromRunnable(context::close).subscribeOn(Schedulers.boundedElastic());
	}

	private static void awaitLatch(CountDownLatch latch) {
		Mono.fromCallable(() -> {
			latch.await();
			return latch;
		}).subscribeOn(Schedulers.boundedElastic()).block(SOON);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class HelpDesk {

		@Bean
		Orders orders() {
			return new Orders();
		}

		@Bean
		Marker marker() {
			return new Marker();
		}

	}

	static class Orders {

		private final CountDownLatch called = new CountDownLatch(1);

		private final CountDownLatch found = new CountDownLatch(1);

		@Tool(description = "Looks up an order")
		String lookUp() throws InterruptedException {
			this.called.countDown();
			this.found.await();
			return "sent";
		}

	}

	/**
	 * Notices that the web server begins to shut down.
	 */
	static class Marker implements SmartLifecycle {

		private final CountDownLatch serverStops = new CountDownLatch(1);

		private volatile boolean running;

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			this.serverStops.countDown();
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
		}

	}

}
