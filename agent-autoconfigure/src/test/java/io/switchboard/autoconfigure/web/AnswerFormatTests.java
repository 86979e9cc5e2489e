package io.switchboard.autoconfigure.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.ServerRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AnswerFormat}.
 */
class AnswerFormatTests {

	@Test
	void jsonIsTheDefault() {
		MockServerHttpRequest request = MockServerHttpRequest.post("/").build();

		assertThat(AnswerFormat.of(of(request))).isEqualTo(AnswerFormat.JSON);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			*/*                                            | JSON
			application/json                               | JSON
			application/*                                  | JSON
			text/event-stream                              | EVENTS
			text/event-stream;charset=UTF-8                | EVENTS
			text/*                                         | EVENTS
			text/html, application/xml;q=0.9, */*;q=0.8    | JSON
			application/json, text/event-stream            | JSON
			text/event-stream, application/json            | EVENTS
			application/json;q=0.5, text/event-stream      | EVENTS
			text/event-stream;q=0.5, application/json      | JSON
			text/event-stream, */*                         | EVENTS
			""")
	void clientChooses(String accept, AnswerFormat expected) {
		assertThat(AnswerFormat.of(accepting(accept))).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "application/problem+json", "application/json;q=0", "nonsense" })
	void otherFormsAreRefused(String accept) {
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> AnswerFormat.of(accepting(accept)))
			.satisfies((ex) -> assertThat(ex.type()).isEqualTo(ProblemType.NOT_ACCEPTABLE));
	}

	private static ServerRequest accepting(String accept) {
		return of(MockServerHttpRequest.post("/").header("Accept", accept).build());
	}

	private static ServerRequest of(MockServerHttpRequest request) {
		return ServerRequest.create(MockServerWebExchange.from(request),
				HandlerStrategies.withDefaults().messageReaders());
	}

}
