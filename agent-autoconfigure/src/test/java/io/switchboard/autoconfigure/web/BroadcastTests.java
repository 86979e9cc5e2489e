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

	private final Broadcast broadcast = new Broadcast(64, Schedulers.immediate());

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
	void lateReaderGetsTheRest() {
		send(1, 2);
		StepVerifier late = reader(3);

		send(3);
		this.broadcast.complete();

		late.verify(SOON);
	}

	@Test
	void readerMayComeForWhatWasSentSinceItJoined() {
		Broadcast.Reader reader = this.broadcast.join();
		send(1, 2);
		this.broadcast.complete();

		StepVerifier.create(reader.events().map(FeedEvent::id)).expectNext(1L, 2L).expectComplete().verify(SOON);
	}

	@Test
	void readerAfterTheEndGetsNothing() {
		send(1, 2);
		this.broadcast.complete();

		reader().verify(SOON);
	}

	@Test
	void readersAreToldWhyTheyAreDisconnected() {
		Broadcast.Reader before = this.broadcast.join();
		send(1);

		this.broadcast.disconnect(DisconnectedException.draining());

		StepVerifier.create(before.events())
			.expectNextCount(1)
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(DisconnectedException.class,
					(reason) -> assertThat(reason.code()).isEqualTo("draining")))
			.verify(SOON);
		StepVerifier.create(this.broadcast.join().events()).expectError(DisconnectedException.class).verify(SOON);
		assertThat(before.isCutOff()).isFalse();
	}

	@Test
	void readerThatNeverComesIsCutOff() {
		Broadcast.Reader absent = this.broadcast.join();

		send(LongStream.rangeClosed(1, 200).toArray());

		assertThat(absent.isCutOff()).isTrue();
		assertThat(this.broadcast.hasReaders()).isFalse();
	}

	@Test
	void slowReaderIsTurnedAwayBehindWhatItHasGot() {
		StepVerifier.create(this.broadcast.join().events().map(FeedEvent::id), 0)
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
		this.broadcast.join().events().subscribe(new BaseSubscriber<FeedEvent>() {

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
		StepVerifier.create(this.broadcast.join().events())
			.expectSubscription()
			.then(() -> assertThat(this.broadcast.hasReaders()).isTrue())
			.thenCancel()
			.verify(SOON);

		assertThat(this.broadcast.hasReaders()).isFalse();
	}

	private StepVerifier reader(long... ids) {
		return StepVerifier.create(this.broadcast.join().events().map(FeedEvent::id))
			.expectNextSequence(LongStream.of(ids).boxed().toList())
			.expectComplete()
			.verifyLater();
	}

	private void send(long... ids) {
		LongStream.of(ids).forEach((id) -> this.broadcast.send(new FeedEvent(id, "t-1", "token", "{}")));
	}

}
