package io.switchboard.autoconfigure.line;

import org.reactivestreams.Publisher;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * One call of a model of Ollama. Travels in the context of the call to its exchange, but
 * not to the connection: one that is made for a call which is cancelled meanwhile waits
 * in its pool for the next, and keeps the context that it was made in.
 * <p>
 * Spring AI's client joins the parts of a call of a tool in a way that keeps the
 * cancellation from the connection until something comes over it, so the call needs a
 * second way there.
 */
final class OllamaCall {

	private final Runnable heard;

	private final Sinks.Empty<Void> gone = Sinks.empty();

	OllamaCall(Runnable heard) {
		this.heard = heard;
	}

	/**
	 * Close the connection.
	 */
	void cut() {
		this.gone.tryEmitEmpty();
	}

	/**
	 * Whether the call is over.
	 * @return whether the connection is closed for that reason
	 */
	boolean isCut() {
		return Boolean.TRUE.equals(this.gone.scan(Scannable.Attr.TERMINATED));
	}

	/**
	 * Make the exchange of the call whose context this is called in.
	 * @param request the request
	 * @param next makes the exchange
	 * @return the response
	 */
	static Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return Mono.deferContextual((context) -> context.hasKey(OllamaCall.class)
				? context.get(OllamaCall.class).exchange(request, next) : next.exchange(request));
	}

	private Mono<ClientResponse> exchange(ClientRequest request, ExchangeFunction next) {
		UnreadResponse unread = new UnreadResponse();
		return next.exchange(ClientRequest.from(request).httpRequest(unread::comesOver).build())
			.contextWrite(OllamaCall::forget)
			.doOnCancel(unread::close)
			.takeUntilOther(ended())
			.map((response) -> response.mutate().body((body) -> listen(unread.read(body))).build());
	}

	private static Context forget(Context context) {
		return context.delete(OllamaCall.class);
	}

	private Flux<DataBuffer> listen(Flux<DataBuffer> body) {
		return body.doOnNext((buffer) -> this.heard.run()).takeUntilOther(ended());
	}

	private Publisher<Void> ended() {
		return this.gone.asMono();
	}

}
