package io.switchboard.test.model;

import java.util.function.Supplier;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * How a step goes on after its last chunk, and which chunk that is.
 */
sealed interface Ending {

	/**
	 * How many of the step's chunks are sent.
	 * @param scripted how many the step has
	 * @return how many are sent
	 */
	int chunks(int scripted);

	/**
	 * What follows the chunks.
	 * @param closing the response that ends a complete answer
	 * @return the rest of the stream
	 */
	Flux<ChatResponse> rest(ChatResponse closing);

	record Complete() implements Ending {

		@Override
		public int chunks(int scripted) {
			return scripted;
		}

		@Override
		public Flux<ChatResponse> rest(ChatResponse closing) {
			return Flux.just(closing);
		}

	}

	record Fail(int after, Supplier<? extends Throwable> failure) implements Ending {

		@Override
		public int chunks(int scripted) {
			return this.after;
		}

		@Override
		public Flux<ChatResponse> rest(ChatResponse closing) {
			return Flux.error(this.failure);
		}

	}

	record Stall(int after) implements Ending {

		@Override
		public int chunks(int scripted) {
			return this.after;
		}

		@Override
		public Flux<ChatResponse> rest(ChatResponse closing) {
			return Flux.never();
		}

	}

}
