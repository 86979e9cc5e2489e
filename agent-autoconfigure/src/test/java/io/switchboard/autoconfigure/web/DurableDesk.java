package io.switchboard.autoconfigure.web;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.switchboard.journal.Journal;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.HttpHeaders;

/**
 * The {@link Desk}, started again and again over a journal that outlives it.
 */
final class DurableDesk implements AutoCloseable {

	private final StoredJournal journal = new StoredJournal();

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	private final Class<?>[] sources;

	DurableDesk() {
		this(Desk.class);
	}

	DurableDesk(Class<?>... sources) {
		this.sources = sources;
	}

	StoredJournal journal() {
		return this.journal;
	}

	/**
	 * Start the application.
	 * @param properties settings beside those of each
	 * @return talks to it
	 */
	DeskClient start(String... properties) {
		List<String> all = new ArrayList<>(List.of("server.port=0", "server.address=127.0.0.1",
				"spring.ai.openai.api-key=none", "spring.lifecycle.timeout-per-shutdown-phase=100ms"));
		all.addAll(List.of(properties));
		this.contexts.add(new SpringApplicationBuilder(this.sources).web(WebApplicationType.REACTIVE)
			.properties(all.toArray(String[]::new))
			.initializers(
					(context) -> ((GenericApplicationContext) context).registerBean(Journal.class, () -> this.journal))
			.run());
		return new DeskClient(port());
	}

	int port() {
		return context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	ConfigurableApplicationContext context() {
		return this.contexts.get(this.contexts.size() - 1);
	}

	Gates gates() {
		return context().getBean(Gates.class);
	}

	void stop() {
		context().close();
	}

	@Override
	public void close() {
		this.journal.release();
		this.contexts.forEach(ConfigurableApplicationContext::close);
	}

	static Consumer<HttpHeaders> key(String value) {
		return (headers) -> headers.set("Idempotency-Key", value);
	}

	static Consumer<HttpHeaders> after(long event) {
		return (headers) -> headers.set("Last-Event-ID", Long.toString(event));
	}

}
