package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Broadcast}.
 */
class BroadcastTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private final Broadcast broadcast = new Broadcast(64, 1000, Schedulers.immediate());

	@Test
	void readersGetTheSameEvents() {
		StepVerifier first = reader(1, 2);
		StepVerifier second = reader(1, 2);

		send(1, 2);
		this.broadcast.complete();

		first.verify(SOON);
		second.verify(SOON);
	}

	@Test
	void lateReaderGetsWhatIsRememberedAndThenTheRest() {
		send(1, 2);
		StepVerifier late = reader(1, 2, 3);

		send(3);
		this.broadcast.complete();

		late.verify(SOON);
	}

	@Test
	void readerAfterTheEndGetsWhatIsRemembered() {
		send(1, 2);
		this.broadcast.complete();

		reader(1, 2).verify(SOON);
	}

	@Test
	void newestAreRememberedUpToTheSize() {
		send(LongStream.rangeClosed(1, 100).toArray());
		this.broadcast.complete();

		assertThat(this.broadcast.size()).isLessThanOrEqualTo(1000);
		assertThat(this.broadcast.events().map(FeedEvent::id).collectList().block(SOON)).hasSize(15).endsWith(100L);
	}

	@Test
	void nothingIsRememberedOnceItIsForgotten() {
		send(1);

		this.broadcast.forget();
		send(2);

		assertThat(this.broadcast.size()).isZero();
		StepVerifier reader = reader(3);
		send(3);
		this.broadcast.complete();
		reader.verify(SOON);
	}

	@Test
	void slowReaderIsTurnedAwayBehindWhatItHasGot() {
		StepVerifier.create(this.broadcast.events().map(FeedEvent::id), 0)
			.expectSubscription()
			.then(() -> send(LongStream.rangeClosed(1, 200).toArray()))
			.thenRequest(Long.MAX_VALUE)
			.thenConsumeWhile((id) -> id <= 128)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(SlowReaderException.class,
					(slow) -> assertThat(slow.missed()).isBetween(65L, 128L)))
			.verify(SOON);

		assertThat(this.broadcast.hasReaders()).isFalse();
	}

	@Test
	void slowReaderIsNoMatterToTheOthers() {
		this.broadcast.join().subscribe(new BaseSubscriber<FeedEvent>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				// asks for nothing
			}

		});
		StepVerifier quick = reader(LongStream.rangeClosed(1, 200).toArray());

		send(LongStream.rangeClosed(1, 200).toArray());
		this.broadcast.complete();

		quick.verify(SOON);
	}

	@Test
	void readerThatGoesIsForgotten() {
		StepVerifier.create(this.broadcast.events())
			.expectSubscription()
			.then(() -> assertThat(this.broadcast.hasReaders()).isTrue())
			.thenCancel()
			.verify(SOON);

		assertThat(this.broadcast.hasReaders()).isFalse();
	}

	private StepVerifier reader(long... ids) {
		return StepVerifier.create(this.broadcast.events().map(FeedEvent::id))
			.expectNextSequence(LongStream.of(ids).boxed().toList())
			.expectComplete()
			.verifyLater();
	}

	private void send(long... ids) {
		LongStream.of(ids).forEach((id) -> this.broadcast.send(new FeedEvent(id, "token", "{}")));
	}

}
