package io.switchboard.autoconfigure.line;

import java.io.IOException;

import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.internal.connection.RealCall;

/**
 * Lets more requests wait for their answers to begin than the 64 that OkHttp lets, for
 * clients that say nothing of it. OkHttp itself can be told, but only whoever makes it
 * has it in hand; here it is found by its first call.
 *
 * @param most how many requests may wait
 */
record WaitingRequests(int most) implements Interceptor {

	@Override
	public Response intercept(Chain chain) throws IOException {
		if (chain.call() instanceof RealCall call) {
			raise(call.getClient().dispatcher());
		}
		return chain.proceed(chain.request());
	}

	private void raise(Dispatcher dispatcher) {
		if (dispatcher.getMaxRequests() != this.most) {
			dispatcher.setMaxRequests(this.most);
			dispatcher.setMaxRequestsPerHost(this.most);
		}
	}

}
