package io.switchboard.runtime;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

class PendingAnswerTests {

	private final List<PendingAnswer<String>> asked = new ArrayList<>();

	private final Mono<String> answer = PendingAnswer.to(this.asked::add);

	private final Asker asker = new Asker();

	@Test
	void eachSubscriberAsks() {
		this.answer.subscribe(new Asker());
		this.answer.subscribe(new Asker());

		assertThat(this.asked).hasSize(2);
	}

	@Test
	void theAnswerIsToldWhenTheTaskRuns() {
		this.answer.subscribe(this.asker);
		this.asker.subscription().request(1);

		Runnable telling = this.asked.get(0).answered("up");
		assertThat(this.asker.heard).isEmpty();
		telling.run();
		telling.run();

		assertThat(this.asker.heard).containsExactly("up", "complete");
	}

	@Test
	void anAnswerWaitsUntilItIsRequested() {
		this.answer.subscribe(this.asker);

		this.asked.get(0).answered("up").run();
		assertThat(this.asker.heard).isEmpty();
		this.asker.subscription().request(1);
		this.asker.subscription().request(1);

		assertThat(this.asker.heard).containsExactly("up", "complete");
	}

	@Test
	void nothingToSayIsToldUnrequested() {
		this.answer.subscribe(this.asker);

		this.asked.get(0).answered(null).run();

		assertThat(this.asker.heard).containsExactly("complete");
	}

	@Test
	void aFailureIsToldUnrequested() {
		this.answer.subscribe(this.asker);

		this.asked.get(0).failed(new IllegalStateException("refused")).run();

		assertThat(this.asker.heard).containsExactly("refused");
	}

	@Test
	void whoeverHasLeftHearsNothing() {
		this.answer.subscribe(this.asker);
		this.asker.subscription().request(1);

		this.asker.subscription().cancel();
		this.asked.get(0).answered("up").run();
		this.asked.get(0).failed(new IllegalStateException("refused")).run();

		assertThat(this.asker.heard).isEmpty();
	}

	@Test
	void aQuestionThatFailsIsAFailure() {
		Mono<String> failing = PendingAnswer.to((pending) -> {
			throw new IllegalArgumentException("no such thing");
		});

		failing.subscribe(this.asker);

		assertThat(this.asker.heard).containsExactly("no such thing");
	}

	private static final class Asker implements CoreSubscriber<String> {

		private final List<@Nullable String> heard = new ArrayList<>();

		private @Nullable Subscription subscription;

		Subscription subscription() {
			assertThat(this.subscription).isNotNull();
			return this.subscription;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscription = subscription;
		}

		@Override
		public void onNext(String answer) {
			this.heard.add(answer);
		}

		@Override
		public void onError(Throwable ex) {
			this.heard.add(ex.getMessage());
		}

		@Override
		public void onComplete() {
			this.heard.add("complete");
		}

	}

}
