package io.switchboard.test.provider;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Requests are found wherever the network cuts them.
 */
class RequestParserTests {

	private static final String CHUNKED = "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
			+ "3;ext=1\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n";

	private static final String FIXED = "POST /b?c=d HTTP/1.1\r\nContent-Length: 4\r\nX: 1\r\nx: 2\r\n\r\nd\u00e9f";

	private final RequestParser parser = new RequestParser();

	@Test
	void putsARequestTogetherByteByByte() {
		for (int i = 0; i < CHUNKED.length() - 1; i++) {
			assertThat(feed(CHUNKED.substring(i, i + 1))).isNull();
		}

		HttpRequest request = feed("\n");

		assertThat(request).isNotNull();
		assertThat(request.body()).isEqualTo("abc0123456789");
		assertThat(request.head().path()).isEqualTo("/a");
	}

	@Test
	void takesRequestsThatComeTogetherOneByOne() {
		HttpRequest first = feed(CHUNKED + FIXED + "GET /e HTTP/1.1\r\nConnection: close\r\n\r\n");
		HttpRequest second = this.parser.poll();
		HttpRequest third = this.parser.poll();

		assertThat(first).isNotNull();
		assertThat(second).isNotNull();
		assertThat(second.body()).isEqualTo("d\u00e9f");
		assertThat(second.head().path()).isEqualTo("/b");
		assertThat(second.head().headers()).containsEntry("x", "1, 2");
		assertThat(third).isNotNull();
		assertThat(third.head().closes()).isTrue();
		assertThat(this.parser.poll()).isNull();
	}

	@Test
	void asksForTheBodyOnceWhenTheClientWaits() {
		feed("POST /a HTTP/1.1\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\n");

		assertThat(this.parser.takeContinue()).isTrue();
		assertThat(this.parser.takeContinue()).isFalse();
		assertThat(feed("x")).isNotNull();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "400,GET / HTTP/1.1 more,The request line", "505,GET / HTTP/1.0,The version must be HTTP/1.1",
			"400,GET / HTTP/1.1|no-colon,A header must be name and value",
			"400,POST / HTTP/1.1|Content-Length: x,Content-Length must be a number",
			"413,POST / HTTP/1.1|Content-Length: 99999999,The body of the request is longer",
			"400,POST / HTTP/1.1|Transfer-Encoding: chunked||xyz,The length of a chunk" })
	void refusesWhatItCannotRead(int status, String lines, String message) {
		assertThatExceptionOfType(HttpFault.class).isThrownBy(() -> feed(lines.replace("|", "\r\n") + "\r\n\r\n"))
			.withMessageStartingWith(message)
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(status));
	}

	@Test
	void refusesAHeadWithoutEnd() {
		assertThatExceptionOfType(HttpFault.class)
			.isThrownBy(() -> feed("GET / HTTP/1.1\r\nX: " + "x".repeat(RequestHead.LIMIT)))
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(431));
	}

	private @Nullable HttpRequest feed(String text) {
		this.parser.feed(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
		return this.parser.poll();
	}

}
