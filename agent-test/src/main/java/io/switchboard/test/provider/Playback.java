package io.switchboard.test.provider;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Plays a completion to one exchange, token by token or in one piece, up to its
 * interruption.
 */
final class Playback {

	private static final String BROKEN_CHUNK = "{\"object\":\"chat.completion.chunk\",\"choices\":[{\"delta\":{\"content\":\"";

	private final EventLoop loop;

	private final Connection connection;

	private final Exchange exchange;

	private final Completion completion;

	private final @Nullable Interruption interruption;

	private final CompletionJson json;

	private final List<String> tokens;

	private int sent;

	Playback(EventLoop loop, Connection connection, Exchange exchange, Completion completion) {
		this.loop = loop;
		this.connection = connection;
		this.exchange = exchange;
		this.completion = completion;
		this.interruption = completion.interruption();
		this.json = new CompletionJson(exchange.number(), exchange.receivedAt().getEpochSecond(), exchange.request(),
				completion);
		this.tokens = exchange.request().streamed() ? this.json.tokens() : List.of();
	}

	void begin() {
		if (!this.connection.serves(this.exchange)) {
			return;
		}
		if (this.interruption != null && this.interruption.beforeHeaders()) {
			breakOff(this.interruption.fault());
		}
		else if (this.exchange.request().streamed()) {
			this.connection.send(Http.eventStreamHead(headers()));
			this.connection.send(Http.event(this.json.opening()));
			proceed();
		}
		else {
			int pauses = Math.max(0, this.json.tokenCount() - 1);
			after(this.completion.pace().multipliedBy(pauses), this::sendWhole);
		}
	}

	private void proceed() {
		while (this.connection.serves(this.exchange)) {
			if (this.interruption != null && this.interruption.isDue(this.sent, this.tokens.size())) {
				breakOff(this.interruption.fault());
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
		this.connection.send(Http.event(this.tokens.get(this.sent)));
		this.sent++;
	}

	private void close() {
		this.connection.send(Http.event(this.json.closing()));
		if (this.exchange.request().includesUsage()) {
			this.connection.send(Http.event(this.json.usageChunk()));
		}
		this.connection.send(Http.event("[DONE]"));
		this.connection.send(Http.LAST_CHUNK);
		this.connection.finish();
	}

	private void sendWhole() {
		if (!this.connection.serves(this.exchange)) {
			return;
		}
		String body = this.json.whole();
		if (this.interruption == null) {
			this.connection.send(Http.json(200, headers(), body));
			this.connection.finish();
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
		breakOff(this.interruption.fault());
	}

	private void breakOff(Fault fault) {
		switch (fault) {
			case CLOSE -> this.connection.cut(false);
			case RESET -> this.connection.cut(true);
			case MALFORMED -> {
				this.connection.send(Http.event(BROKEN_CHUNK));
				close();
			}
			case STALL -> {
				// Nothing more is sent; the connection goes on watching for its client
			}
		}
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
