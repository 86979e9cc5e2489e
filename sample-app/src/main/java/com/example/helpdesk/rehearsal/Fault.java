package com.example.helpdesk.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import reactor.core.publisher.Flux;

import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;

/**
 * What can go wrong between an application and its model provider, on demand: a user
 * orders a fault with its word, for example {@code Where is ORD-1001? #cut}. Only the
 * last message of a conversation counts, so the next one without the word is answered.
 * <p>
 * The faults are those that Spring AI reports: its own exceptions with status and body
 * where the provider refuses, an {@link IOException} where the connection breaks. They
 * are as deterministic as the answers: asking the same again fails the same way.
 */
enum Fault {

	/**
	 * No fault.
	 */
	NONE,

	/**
	 * {@code #rate-limit}: refused before the first word, with status 429.
	 */
	RATE_LIMIT {
		@Override
		<T> Flux<T> play(List<T> chunks, Pace pace) {
			return Flux.error(() -> new TransientAiException(
					"HTTP 429 - {\"error\":{\"type\":\"rate_limit_exceeded\",\"message\":\"Rate limit reached, try again in 2s\"}}"));
		}
	},

	/**
	 * {@code #overloaded}: refused before the first word, with status 503.
	 */
	OVERLOADED {
		@Override
		<T> Flux<T> play(List<T> chunks, Pace pace) {
			return Flux.error(() -> new TransientAiException(
					"HTTP 503 - {\"error\":{\"type\":\"overloaded\",\"message\":\"The model is overloaded\"}}"));
		}
	},

	/**
	 * {@code #bad-request}: refused for good, with status 400.
	 */
	BAD_REQUEST {
		@Override
		<T> Flux<T> play(List<T> chunks, Pace pace) {
			return Flux.error(() -> new NonTransientAiException(
					"HTTP 400 - {\"error\":{\"type\":\"invalid_request\",\"message\":\"The request is invalid\"}}"));
		}
	},

	/**
	 * {@code #stall}: half of the answer, then nothing, and the connection stays open.
	 */
	STALL {
		@Override
		<T> Flux<T> play(List<T> chunks, Pace pace) {
			return breakOff(chunks, pace, Flux.never());
		}
	},

	/**
	 * {@code #cut}: half of the answer, then the connection breaks.
	 */
	CUT {
		@Override
		<T> Flux<T> play(List<T> chunks, Pace pace) {
			return breakOff(chunks, pace,
					Flux.error(() -> new UncheckedIOException(new IOException("Connection closed prematurely"))));
		}
	},

	/**
	 * {@code #slow}: the whole answer, one word in a second.
	 */
	SLOW {
		@Override
		<T> Flux<T> play(List<T> chunks, Pace pace) {
			return pace.dragging().of(chunks);
		}
	},

	/**
	 * {@code #malformed}: asks for a tool with arguments that are not JSON. If it gets a
	 * result for that, it asks again, properly.
	 */
	MALFORMED;

	/**
	 * Find the fault that the user has ordered.
	 * @param question what the user says
	 * @return the fault, or {@link #NONE}
	 */
	static Fault in(String question) {
		String text = question.toLowerCase(Locale.ROOT);
		return Stream.of(values())
			.filter((fault) -> fault != NONE && text.contains(fault.word()))
			.findFirst()
			.orElse(NONE);
	}

	String word() {
		return "#" + name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	<T> Flux<T> play(List<T> chunks, Pace pace) {
		return pace.of(chunks);
	}

	// A request for tools is one chunk: it gets through, and the words after it break
	// off.
	private static <T> Flux<T> breakOff(List<T> chunks, Pace pace, Flux<T> end) {
		return (chunks.size() == 1) ? pace.of(chunks) : pace.of(chunks.subList(0, chunks.size() / 2)).concatWith(end);
	}

}
