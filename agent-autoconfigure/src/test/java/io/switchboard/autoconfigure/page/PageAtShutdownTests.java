package io.switchboard.autoconfigure.page;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Tests for open pages when the application stops.
 */
class PageAtShutdownTests {

	/**
	 * Less than a phase of the shutdown takes if somebody holds it up.
	 */
	private static final Duration SOON = Duration.ofSeconds(60);

	@Test
	void openPageDoesNotHoldTheShutdownUp() {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "server.address=127.0.0.1", "server.shutdown=graceful",
					"spring.lifecycle.timeout-per-shutdown-phase=5m", "spring.ai.openai.api-key=none",
					"switchboard.page.enabled=true")
			.run();
		CountDownLatch live = new CountDownLatch(1);
		StepVerifier page = StepVerifier
			.create(WebClient.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"))
				.get()
				.uri("/switchboard/api/events")
				.retrieve()
				.bodyToFlux(String.class)
				.doOnNext((pulse) -> live.countDown()))
			.thenConsumeWhile((pulse) -> true)
			.expectComplete()
			.verifyLater();
		StepVerifier.create(Mono.fromCallable(() -> {
			live.await();
			return true;
		}).subscribeOn(Schedulers.boundedElastic())).expectNext(true).expectComplete().verify(SOON);

		StepVerifier.create(Mono.fromRunnable(context::close).subscribeOn(Schedulers.boundedElastic()))
			.expectComplete()
			.verify(SOON);
		page.verify(SOON);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

	}

}
