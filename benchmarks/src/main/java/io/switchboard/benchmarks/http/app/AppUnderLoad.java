package io.switchboard.benchmarks.http.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import io.switchboard.benchmarks.measurement.Pauses;

import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * What both applications have: the tool, the trust in the provider, readings of the
 * process.
 */
@Configuration(proxyBeanMethods = false)
class AppUnderLoad {

	/**
	 * The tool, a bean's name.
	 */
	static final String TOOL = "lookup";

	/**
	 * Run an application until the process is ended. Its first line of output is its
	 * port.
	 * @param application the configuration
	 * @param settings what only this one is set to
	 * @param arguments settings of this run
	 */
	static void run(Class<?> application, Map<String, Object> settings, String... arguments) {
		new SpringApplicationBuilder(application, AppUnderLoad.class).web(WebApplicationType.REACTIVE)
			.properties(settings)
			.properties("server.address=127.0.0.1", "server.port=0", "spring.main.banner-mode=off",
					"logging.level.root=WARN", "spring.ai.openai.api-key=none", "spring.ai.openai.chat.model=load",
					"spring.ai.ollama.chat.model=load", "spring.ai.model.audio.speech=none",
					"spring.ai.model.audio.transcription=none", "spring.ai.model.embedding=none",
					"spring.ai.model.image=none", "spring.ai.model.moderation=none", "switchboard.journal.store=memory",
					"switchboard.web.limits.turns-per-address=0", "switchboard.web.limits.turns-of-all=0",
					"switchboard.web.limits.streams-per-address=0", "switchboard.web.limits.streams-of-all=0")
			.run(arguments);
	}

	@Bean
	ApplicationListener<WebServerInitializedEvent> sayPort() {
		return (event) -> System.out.println(event.getWebServer().getPort());
	}

	@Bean
	ToolCallback lookup() {
		return FunctionToolCallback.builder(TOOL, (Lookup lookup) -> {
			Pauses.ofMillis(lookup.millis());
			return "found";
		}).description("Looks something up, which takes its time").inputType(Lookup.class).build();
	}

	@Bean
	RouterFunction<ServerResponse> readings() {
		return RouterFunctions.route().GET("/readings", (request) -> Readings.afterCollection()).build();
	}

	/**
	 * The provider's certificate is its own.
	 * @param keys the store with the certificate
	 * @param password the password of the store
	 * @return makes OpenAI's client trust it
	 * @throws GeneralSecurityException if the certificate cannot be used
	 * @throws IOException if it cannot be read
	 */
	@Bean
	OpenAiHttpClientBuilderCustomizer trustInProvider(@Value("${load.keys}") Path keys,
			@Value("${load.password}") String password) throws GeneralSecurityException, IOException {
		KeyStore own = KeyStore.getInstance("PKCS12");
		try (InputStream content = Files.newInputStream(keys)) {
			own.load(content, password.toCharArray());
		}
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("provider", own.getCertificate("provider"));
		TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		managers.init(trusted);
		X509TrustManager manager = (X509TrustManager) managers.getTrustManagers()[0];
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, new TrustManager[] { manager }, null);
		return (builder) -> builder.sslSocketFactory(context.getSocketFactory()).trustManager(manager);
	}

	/**
	 * What the model asks the tool.
	 *
	 * @param millis how long to take
	 */
	record Lookup(int millis) {

	}

}
