package io.switchboard.autoconfigure.line;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * One model call over OkHttp. A client that tries again makes several requests of it, one
 * after the other.
 */
final class OkHttpCall {

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final CountDownLatch over = new CountDownLatch(1);

	private final Object lock = new Object();

	/**
	 * Clients keep a stream until the garbage collector finds that nobody else does, and
	 * the agent is not to be kept for as long.
	 */
	private volatile @Nullable Runnable heard;

	private @Nullable Call request;

	private boolean cut;

	OkHttpCall(Runnable heard) {
		this.heard = heard;
	}

	/**
	 * Make a request of the call.
	 * @param chain makes it
	 * @param request the request
	 * @return the response
	 */
	Response send(Interceptor.Chain chain, Request request) throws IOException {
		uses(chain.call());
		try {
			return listen(chain.proceed(request));
		}
		catch (IOException ex) {
			if (isCut()) {
				waitUntilOver();
			}
			throw ex;
		}
	}

	/**
	 * What fails before the client knows that it is cancelled, it logs as a failure.
	 */
	private void waitUntilOver() {
		try {
			this.over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void uses(Call request) {
		synchronized (this.lock) {
			this.request = request;
			if (!this.cut) {
				return;
			}
		}
		request.cancel();
	}

	/**
	 * Close the connection.
	 */
	void cut() {
		Call current;
		synchronized (this.lock) {
			this.cut = true;
			current = this.request;
		}
		if (current != null) {
			current.cancel();
		}
	}

	/**
	 * Note that the client knows of the end of the call.
	 */
	void over() {
		this.heard = null;
		this.over.countDown();
	}

	/**
	 * Whether nobody wants the answer any more.
	 * @return whether the connection is closed for that reason
	 */
	boolean isCut() {
		synchronized (this.lock) {
			return this.cut;
		}
	}

	private Response listen(Response response) {
		ResponseBody body = response.body();
		return (body != null) ? response.newBuilder()
			.body(ResponseBody.create(Okio.buffer(new Listening(body.source())), body.contentType(),
					body.contentLength()))
			.build() : response;
	}

	/**
	 * Tells of each read that brings something. To the client, an answer that nobody
	 * wants any more ends without a failure, which it would log.
	 */
	private final class Listening extends ForwardingSource {

		Listening(Source source) {
			super(source);
		}

		@Override
		public long read(Buffer sink, long byteCount) throws IOException {
			long read = readUnlessCut(sink, byteCount);
			Runnable heard = OkHttpCall.this.heard;
			if (read > 0 && heard != null) {
				heard.run();
			}
			return read;
		}

		private long readUnlessCut(Buffer sink, long byteCount) throws IOException {
			try {
				return super.read(sink, byteCount);
			}
			catch (IOException ex) {
				if (isCut()) {
					return -1;
				}
				throw ex;
			}
		}

	}

}
