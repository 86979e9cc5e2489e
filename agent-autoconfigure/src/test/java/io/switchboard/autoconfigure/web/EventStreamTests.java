package io.switchboard.autoconfigure.web;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.http.codec.ServerSentEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventStream}.
 */
class EventStreamTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final EventStream stream = new EventStream(Duration.ofSeconds(15), this.time);

	private final TestPublisher<FeedEvent> events = TestPublisher.create();

	@Test
	void eventIsWrittenWithItsNumberAndName() {
		StepVerifier.create(this.stream.of(Flux.just(new FeedEvent(7, "t", "token", "{\"turn\":\"t\"}"))))
			.assertNext((event) -> assertThat(event)
				.isEqualTo(ServerSentEvent.builder("{\"turn\":\"t\"}").id("7").event("token").build()))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void commentKeepsAQuietConnectionAlive() {
		StepVerifier.create(this.stream.of(this.events.flux()).map(EventStreamTests::describe))
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(15)))
			.expectNext(":keep-alive")
			.then(() -> this.events.next(new FeedEvent(1, "t", "token", "{}")))
			.expectNext("token")
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(15)))
			.expectNext(":keep-alive")
			.then(this.events::complete)
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void liveStreamBeginsWithACommentOnceItReads() {
		StepVerifier.create(this.stream.live(this.events.flux()).map(EventStreamTests::describe))
			.then(this.events::assertWasSubscribed)
			.then(() -> this.time.advanceTimeBy(Duration.ZERO))
			.expectNext(":keep-alive")
			.then(this.events::complete)
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void slowReaderIsToldSoBeforeTheEnd() {
		StepVerifier.create(this.stream.of(Flux.error(new SlowReaderException(42)))).assertNext((event) -> {
			assertThat(event.event()).isEqualTo("disconnected");
			assertThat(event.id()).isNull();
			assertThat(event.data()).contains("\"code\":\"reader-too-slow\"", "event 42");
		}).expectComplete().verify(SOON);
	}

	@Test
	void eventThatIsNoneOfTheSessionHasNoNumber() {
		StepVerifier
			.create(this.stream.of(Flux.just(FeedEvent.aside("gap", new PastEvents.Gap("events-trimmed", 3L, 7)))))
			.assertNext((event) -> {
				assertThat(event.event()).isEqualTo("gap");
				assertThat(event.id()).isNull();
				assertThat(event.data()).isEqualTo("{\"code\":\"events-trimmed\",\"after\":3,\"next\":7}");
			})
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void readerThatGoesReadsNoMore() {
		StepVerifier.create(this.stream.of(this.events.flux()))
			.then(() -> this.events.next(new FeedEvent(1, "t", "token", "{}")))
			.expectNextCount(1)
			.thenCancel()
			.verify(SOON);

		this.events.assertCancelled();
	}

	private static String describe(ServerSentEvent<String> event) {
		return (event.comment() != null) ? ":" + event.comment() : String.valueOf(event.event());
	}

}
