package io.switchboard.autoconfigure.openai;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.model.openai.autoconfigure.AbstractOpenAiProperties;
import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;
import org.springframework.ai.openai.http.okhttp.SpringAiOpenAiHttpClient;
import org.springframework.ai.openai.setup.OpenAiSetup;

/**
 * OpenAI's clients as Spring AI sets them up, but for what limits the number of streams:
 * the threads that read them, and how many requests may wait for an answer.
 */
final class OpenAiClients implements AutoCloseable {

	/** What Spring AI sends as the key if there is to be none, and takes out again. */
	private static final String NO_KEY = "Bearer no-auth-placeholder";

	private final OpenAIClient client;

	private final StreamExecutor executor;

	private OpenAiClients(OpenAIClient client, StreamExecutor executor) {
		this.client = client;
		this.executor = executor;
	}

	/**
	 * Set the clients up.
	 * @param connection where to, as configured for Spring AI
	 * @param settings our settings
	 * @param timeout how long a call may take
	 * @param observations told of requests
	 * @param meters told of connections, or {@code null} if it is not to be
	 * @param customizers have the last word
	 * @return the clients
	 */
	static OpenAiClients create(AbstractOpenAiProperties connection, OpenAiProperties settings, Duration timeout,
			ObservationRegistry observations, @Nullable MeterRegistry meters,
			List<OpenAiHttpClientBuilderCustomizer> customizers) {
		StreamExecutor executor = StreamExecutor.of(settings.threads());
		SpringAiOpenAiHttpClient.Builder builder = SpringAiOpenAiHttpClient.builder()
			.observationRegistry(observations)
			.meterRegistry(meters)
			.timeout(timeout)
			.proxy(connection.getProxy())
			.interceptor(OpenAiClients::withoutPlaceholder)
			.interceptor(OpenAiClients::withoutReadTimeout)
			.dispatcherExecutorService(executor.forRequests());
		customizers.forEach((customizer) -> customizer.customize(builder));
		SpringAiOpenAiHttpClient http = builder.build();
		allowWaiting(http.getOkHttpClient().dispatcher(), settings.maxWaiting());
		OpenAIClient client = OpenAiSetup
			.setupSyncClient(connection.getBaseUrl(), connection.getApiKey(), connection.getCredential(),
					connection.getMicrosoftDeploymentName(), connection.getMicrosoftFoundryServiceVersion(),
					connection.getOrganizationId(), connection.isMicrosoftFoundry(), connection.isGitHubModels(),
					connection.getModel(), timeout, connection.getMaxRetries(), connection.getProxy(),
					connection.getCustomHeaders(), observations, null, List.of())
			.withOptions((options) -> options.httpClient(http).streamHandlerExecutor(executor.forStreams()));
		return new OpenAiClients(client, executor);
	}

	private static void allowWaiting(Dispatcher dispatcher, int max) {
		dispatcher.setMaxRequests(max);
		dispatcher.setMaxRequestsPerHost(max);
	}

	private static Response withoutPlaceholder(Interceptor.Chain chain) throws IOException {
		Request request = chain.request();
		return chain.proceed(NO_KEY.equals(request.header("Authorization"))
				? request.newBuilder().removeHeader("Authorization").build() : request);
	}

	/**
	 * The time-out of the whole call is never longer than that of a read, so the latter
	 * has no effect but that each read enters it into one list of all streams, in the
	 * order of their time-outs, and takes it out again.
	 */
	private static Response withoutReadTimeout(Interceptor.Chain chain) throws IOException {
		return chain.withReadTimeout(0, TimeUnit.MILLISECONDS).proceed(chain.request());
	}

	OpenAIClient blocking() {
		return this.client;
	}

	OpenAIClientAsync streaming() {
		return this.client.async();
	}

	@Override
	public void close() {
		this.client.close();
		this.executor.close();
	}

}
