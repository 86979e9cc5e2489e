package io.switchboard.autoconfigure.line;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Model calls under way over OkHttp, found again by a header that never leaves this
 * process. The clients of vendors move a request between threads before they send it, so
 * nothing else of a call is the same above and below them.
 */
final class OkHttpCalls implements Interceptor {

	static final String HEADER = "X-Switchboard-Call";

	private final String prefix = UUID.randomUUID() + "-";

	private final AtomicLong count = new AtomicLong();

	private final Map<String, OkHttpCall> open = new ConcurrentHashMap<>();

	/**
	 * Make a call that closes its connection when it is cancelled.
	 * @param heard told of all that comes over the connection
	 * @param call makes the call with this value of the header
	 * @param <T> the type of its pieces
	 * @return the pieces
	 */
	<T> Flux<T> follow(Runnable heard, Function<String, Flux<T>> call) {
		return Flux.defer(() -> {
			String id = this.prefix + this.count.incrementAndGet();
			OkHttpCall followed = new OkHttpCall(heard);
			this.open.put(id, followed);
			// The connection first: to cancel the client's stream waits for its next
			// piece.
			// Nobody is to take the end of the one for the end of the answer.
			return call.apply(id)
				.concatWith(Flux.defer(() -> followed.isCut() ? Flux.never() : Flux.empty()))
				.doOnCancel(followed::cut)
				.doFinally((signal) -> end(id, followed));
		});
	}

	private void end(String id, OkHttpCall followed) {
		this.open.remove(id);
		followed.over();
	}

	/**
	 * Add the header.
	 * @param headers the headers of a call
	 * @param id the header's value
	 * @return a copy with the header
	 */
	static Map<String, String> with(@Nullable Map<String, String> headers, String id) {
		Map<String, String> result = (headers != null) ? new HashMap<>(headers) : new HashMap<>();
		result.put(HEADER, id);
		return result;
	}

	@Override
	public Response intercept(Chain chain) throws IOException {
		Request request = chain.request();
		String id = request.header(HEADER);
		if (id == null) {
			return chain.proceed(request);
		}
		OkHttpCall followed = this.open.get(id);
		if (followed == null) {
			throw new IOException("The model call was over before it was sent");
		}
		return followed.send(chain, request.newBuilder().removeHeader(HEADER).build());
	}

}
