package io.switchboard.autoconfigure.line;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.client.reactive.ClientHttpRequest;

/**
 * A response until somebody reads it, who closes its connection from then on. One that
 * comes while its request is cancelled has nobody: Spring's connector waits for its end
 * then, which a model that says nothing does not reach.
 */
final class UnreadResponse {

	private final AtomicReference<@Nullable Disposable> connection = new AtomicReference<>();

	private volatile boolean closed;

	/**
	 * Note what the response comes over. Reactor Netty's request is its connection, for
	 * as long as it is under way.
	 * @param request the request
	 */
	void comesOver(ClientHttpRequest request) {
		Object sending = request.getNativeRequest();
		this.connection.set((sending instanceof Disposable open) ? open : null);
		if (this.closed) {
			close();
		}
	}

	/**
	 * Close the connection, unless somebody reads the response.
	 */
	void close() {
		this.closed = true;
		Disposable unread = this.connection.getAndSet(null);
		if (unread != null) {
			unread.dispose();
		}
	}

	/**
	 * Read the response.
	 * @param body its content
	 * @return the content; nothing if it was closed before
	 */
	Flux<DataBuffer> read(Flux<DataBuffer> body) {
		return Flux.defer(() -> {
			this.connection.set(null);
			return this.closed ? Flux.empty() : body;
		});
	}

}
