package io.switchboard.test.provider;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * One connection of a client; used on the event loop only. It reads at all times, so that
 * it sees the client close while there is nothing to write.
 */
final class Connection {

	private final SocketChannel channel;

	private final SelectionKey key;

	private final RequestHandler handler;

	private final Clock clock;

	private final Consumer<Connection> onClosed;

	private final RequestParser parser = new RequestParser();

	private final ByteBuffer incoming = ByteBuffer.allocate(8192);

	private final Outbox outbox = new Outbox();

	private boolean busy;

	private boolean closing;

	private @Nullable Exchange exchange;

	Connection(EventLoop loop, SocketChannel channel, RequestHandler handler, Clock clock,
			Consumer<Connection> onClosed) throws IOException {
		this.channel = channel;
		this.handler = handler;
		this.clock = clock;
		this.onClosed = onClosed;
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		this.key = loop.register(channel, SelectionKey.OP_READ, this::ready);
	}

	/**
	 * Lets the current request count as an exchange.
	 * @param exchange its record
	 */
	void attach(Exchange exchange) {
		this.exchange = exchange;
	}

	boolean serves(Exchange exchange) {
		return this.channel.isOpen() && this.exchange == exchange;
	}

	void send(byte[] bytes) {
		if (this.channel.isOpen()) {
			this.outbox.add(bytes);
			flush();
		}
	}

	/**
	 * Ends the current request as soon as everything is sent.
	 */
	void finish() {
		this.outbox.whenEmpty(() -> {
			end(ExchangeOutcome.ANSWERED);
			this.busy = false;
			if (this.closing) {
				close();
			}
			else {
				next();
			}
		});
	}

	/**
	 * Ends the connection as soon as everything is sent.
	 * @param reset whether by a reset instead of a regular close
	 */
	void cut(boolean reset) {
		this.outbox.whenEmpty(() -> {
			end(ExchangeOutcome.CUT);
			if (reset) {
				resetOnClose();
			}
			close();
		});
	}

	void abort() {
		end(ExchangeOutcome.CUT);
		close();
	}

	private void ready() {
		if (this.key.isValid() && this.key.isWritable()) {
			flush();
		}
		if (this.key.isValid() && this.key.isReadable()) {
			read();
		}
	}

	private void read() {
		try {
			int count = this.channel.read(this.incoming.clear());
			if (count < 0) {
				closedByClient();
				return;
			}
			this.parser.feed(this.incoming.flip());
		}
		catch (IOException ex) {
			closedByClient();
			return;
		}
		next();
	}

	private void next() {
		if (this.busy || !this.channel.isOpen()) {
			return;
		}
		try {
			HttpRequest request = this.parser.poll();
			if (request != null) {
				this.busy = true;
				this.closing = request.head().closes();
				this.handler.handle(request, this);
			}
			else if (this.parser.takeContinue()) {
				send(Http.CONTINUE);
			}
		}
		catch (HttpFault ex) {
			refuse(ex);
		}
		catch (RuntimeException ex) {
			refuse(new HttpFault(500, "The scripted reply failed: " + ex));
		}
	}

	private void refuse(HttpFault fault) {
		// After a request that cannot be read nobody knows where the next one begins
		this.closing |= !this.busy;
		this.busy = true;
		send(Http.json(fault.status(), this.closing ? Map.of("Connection", "close") : Map.of(),
				Json.error("invalid_request_error", "refused", String.valueOf(fault.getMessage()))));
		finish();
	}

	private void flush() {
		boolean empty;
		try {
			empty = this.outbox.writeTo(this.channel);
		}
		catch (IOException ex) {
			closedByClient();
			return;
		}
		this.key.interestOps(empty ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
		if (empty) {
			this.outbox.emptied();
		}
	}

	private void closedByClient() {
		if (this.exchange != null) {
			this.exchange.closedByClient(this.clock.instant());
		}
		close();
	}

	private void end(ExchangeOutcome outcome) {
		if (this.exchange != null) {
			this.exchange.end(outcome);
			this.exchange = null;
		}
	}

	private void resetOnClose() {
		try {
			this.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
		}
		catch (IOException ex) {
			throw new IllegalStateException("The connection cannot be reset", ex);
		}
	}

	private void close() {
		this.outbox.clear();
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			// Closed is closed; the other side sees the end of the process at the latest
		}
		this.onClosed.accept(this);
	}

}
