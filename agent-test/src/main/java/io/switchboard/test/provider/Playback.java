package io.switchboard.test.provider;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Plays a completion to one exchange, token by token or in one piece, up to its
 * interruption.
 */
final class Playback {

	private final EventLoop loop;

	private final Connection connection;

	private final Exchange exchange;

	private final Completion completion;

	private final @Nullable Interruption interruption;

	private final Dialect dialect;

	private final List<String> tokens;

	private int sent;

	Playback(EventLoop loop, Connection connection, Exchange exchange, Completion completion) {
		this.loop = loop;
		this.connection = connection;
		this.exchange = exchange;
		this.completion = completion;
		this.interruption = completion.interruption();
		this.dialect = Dialect.of(exchange, completion);
		this.tokens = exchange.request().streamed() ? this.dialect.tokens() : List.of();
	}

	void begin() {
		if (!this.connection.serves(this.exchange)) {
			return;
		}
		if (this.interruption != null && this.interruption.beforeHeaders()) {
			breakOff(this.interruption);
		}
		else if (this.exchange.request().streamed()) {
			this.connection.send(Http.streamHead(this.dialect.streamType(), headers()));
			send(this.dialect.opening());
			proceed();
		}
		else {
			int pauses = Math.max(0, this.completion.tokenCount() - 1);
			after(this.completion.pace().multipliedBy(pauses), this::sendWhole);
		}
	}

	private void proceed() {
		while (this.connection.serves(this.exchange)) {
			if (this.interruption != null && this.interruption.isDue(this.sent, this.tokens.size())) {
				breakOff(this.interruption);
				return;
			}
			if (this.sent == this.tokens.size()) {
				close();
				return;
			}
			if (this.sent > 0 && !this.completion.pace().isZero()) {
				after(this.completion.pace(), this::paced);
				return;
			}
			sendToken();
		}
	}

	private void paced() {
		if (this.connection.serves(this.exchange)) {
			sendToken();
			proceed();
		}
	}

	private void sendToken() {
		this.exchange.tokenSent();
		send(this.tokens.get(this.sent));
		this.sent++;
	}

	private void close() {
		send(this.dialect.closing());
		end();
	}

	private void end() {
		this.connection.send(Http.LAST_CHUNK);
		this.connection.finish();
	}

	private void send(String piece) {
		if (!piece.isEmpty()) {
			this.connection.send(Http.chunk(piece));
		}
	}

	private void sendWhole() {
		if (!this.connection.serves(this.exchange)) {
			return;
		}
		String body = this.dialect.whole();
		if (this.interruption == null) {
			this.connection.send(Http.json(200, headers(), body));
			this.connection.finish();
			return;
		}
		if (this.interruption.error() != null) {
			fail(this.interruption.error());
			return;
		}
		String half = body.substring(0, body.length() / 2);
		if (this.interruption.fault() == Fault.MALFORMED) {
			this.connection.send(Http.json(200, headers(), half));
			this.connection.finish();
			return;
		}
		this.connection.send(Http.jsonHead(200, headers(), body));
		this.connection.send(Http.utf8(half));
		breakOff(this.interruption);
	}

	private void breakOff(Interruption interruption) {
		switch (interruption.fault()) {
			case CLOSE -> this.connection.cut(false);
			case RESET -> this.connection.cut(true);
			case MALFORMED -> {
				send(this.dialect.broken());
				close();
			}
			case ERROR -> {
				send(this.dialect.failure(Objects.requireNonNull(interruption.error())));
				end();
			}
			case STALL -> {
				// Nothing more is sent; the connection goes on watching for its client
			}
		}
	}

	private void fail(ProviderError error) {
		Protocol protocol = this.exchange.request().protocol();
		this.connection.send(Http.json(ErrorBody.status(error, protocol), headers(), ErrorBody.of(error, protocol)));
		this.connection.finish();
	}

	private void after(Duration delay, Runnable next) {
		if (delay.isZero()) {
			next.run();
		}
		else {
			this.loop.schedule(delay, next);
		}
	}

	private Map<String, String> headers() {
		return Map.of("x-request-id", "req_" + this.exchange.number());
	}

}
