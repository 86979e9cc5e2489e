package io.switchboard.autoconfigure.web;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.ObjectName;
import javax.sql.DataSource;

import io.switchboard.AgentPath;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.tool.ToolPolicy;
import io.switchboard.journal.Journal;
import io.switchboard.runtime.AgentSystem;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures the heap that sessions take which the journal knows and which are not in
 * memory. Takes minutes, so it is run on demand, with the number of sessions:
 * {@code -Dtest=KnownSessionsTests -Dtests.sessions=20000}.
 */
@EnabledIfSystemProperty(named = "tests.sessions", matches = "\\d+")
class KnownSessionsTests {

	private static final Duration LONG = Duration.ofMinutes(20);

	private static final int AT_ONCE = 16;

	/** After so many sessions all that is bounded is full. */
	private static final int BEFORE = 5_000;

	private static final int WAITING = 500;

	private static final Pattern LINE = Pattern.compile(" *\\d+: +(\\d+) +(\\d+) +(\\S+).*");

	private final WebClient client = WebClient.create();

	@Test
	void sessionsThatAreNotInMemoryCostNoHeap(@TempDir Path folder) throws Exception {
		int sessions = Integer.getInteger("tests.sessions");
		try (ConfigurableApplicationContext application = start(folder)) {
			converse(application, "before-", BEFORE);
			assertThat(application.getBean(Journal.class).isDurable()).isTrue();
			Map<String, Long> before = heap();

			converse(application, "known-", sessions);
			Map<String, Long> known = heap();
			ask(application, WAITING);
			Map<String, Long> waiting = heap();

			long each = (sum(known) - sum(before)) / sessions;
			long eachWaiting = (sum(waiting) - sum(known)) / WAITING;
			System.out.printf("%d known sessions: %d bytes of heap each; %d that wait for people: %d bytes each%n",
					sessions, each, WAITING, eachWaiting);
			tell("known", known, before);
			tell("waiting", waiting, known);
			assertThat(each).as("bytes of heap for each session, the database's with them").isLessThan(2048);
			assertThat((own(known) - own(before)) / sessions).as("bytes of ours for each session").isLessThan(64);
			assertThat(eachWaiting).as("bytes of heap for each session that waits").isLessThan(8192);
		}
	}

	private static ConfigurableApplicationContext start(Path folder) {
		return new SpringApplicationBuilder(Known.class).web(WebApplicationType.REACTIVE)
			.run("--server.port=0", "--server.address=127.0.0.1", "--spring.ai.model.chat=none",
					"--spring.ai.openai.api-key=none", "--known.folder=" + folder.resolve("known"),
					"--switchboard.journal.store=jdbc", "--switchboard.web.limits.turns-per-address=0",
					"--switchboard.web.limits.turns-of-all=0", "--switchboard.agents.support.per-session=true",
					"--switchboard.agents.support.instructions=Be brief.", "--switchboard.agents.support.tools=refunds",
					"--switchboard.agents.support.idle-timeout=100ms");
	}

	private void converse(ConfigurableApplicationContext application, String prefix, int sessions) {
		Flux.range(0, sessions)
			.flatMap((number) -> post(application, prefix + number, "Hi?", MediaType.APPLICATION_JSON)
				.bodyToMono(String.class), AT_ONCE)
			.then()
			.block(LONG);
		leave(application, prefix, sessions);
	}

	private void ask(ConfigurableApplicationContext application, int sessions) {
		Flux.range(0, sessions)
			.flatMap((number) -> post(application, "waiting-" + number, "Refund it", MediaType.TEXT_EVENT_STREAM)
				.bodyToFlux(ServerSentEvent.class)
				.takeUntil((event) -> "awaiting-approval".equals(event.event()))
				.then(), AT_ONCE)
			.then()
			.block(LONG);
		leave(application, "waiting-", sessions);
		assertThat(application.getBean(Approvals.class).waiting()).hasSize(sessions);
	}

	private WebClient.ResponseSpec post(ConfigurableApplicationContext application, String session, String input,
			MediaType accepted) {
		return this.client.post()
			.uri("http://127.0.0.1:{port}/agents/support/{session}/turns",
					application.getEnvironment().getRequiredProperty("local.server.port"), session)
			.contentType(MediaType.APPLICATION_JSON)
			.accept(accepted)
			.bodyValue(Map.of("input", input))
			.retrieve();
	}

	/**
	 * Wait until no session is in memory.
	 */
	private static void leave(ConfigurableApplicationContext application, String prefix, int sessions) {
		AgentSystem system = application.getBean(AgentSystem.class);
		SessionFeeds feeds = application.getBean(SessionFeeds.class);
		AgentPath support = AgentPath.of("/support");
		Flux.range(0, sessions)
			.map((number) -> support.child(prefix + number))
			.concatMap(
					(session) -> Mono.fromSupplier(() -> system.typeOf(session) == null && feeds.find(session) == null)
						.filter((gone) -> gone)
						.repeatWhenEmpty((again) -> again.delayElements(Duration.ofMillis(10))))
			.then()
			.block(LONG);
	}

	private static Map<String, Long> heap() throws Exception {
		for (int i = 0; i < 5; i++) {
			System.gc();
		}
		String histogram = (String) ManagementFactory.getPlatformMBeanServer()
			.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
					new Object[] { null }, new String[] { String[].class.getName() });
		Map<String, Long> bytes = new TreeMap<>();
		histogram.lines()
			.map(LINE::matcher)
			.filter(Matcher::matches)
			// What fills the gaps of the heap is nobody's
			.filter((line) -> !line.group(3).contains("jdk.internal.vm.Filler"))
			.forEach((line) -> bytes.merge(line.group(3), Long.valueOf(line.group(2)), Long::sum));
		return bytes;
	}

	private static long sum(Map<String, Long> bytes) {
		return bytes.values().stream().mapToLong(Long::longValue).sum();
	}

	private static long own(Map<String, Long> bytes) {
		return bytes.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().contains("io.switchboard."))
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

	private static void tell(String what, Map<String, Long> now, Map<String, Long> before) {
		now.entrySet()
			.stream()
			.map((entry) -> Map.entry(entry.getKey(), entry.getValue() - before.getOrDefault(entry.getKey(), 0L)))
			.sorted(Comparator.comparing((Map.Entry<String, Long> entry) -> -entry.getValue()))
			.limit(15)
			.forEach(
					(entry) -> System.out.printf("%s: %,d more bytes of %s%n", what, entry.getValue(), entry.getKey()));
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Known {

		/** With a cache that is full soon. */
		@Bean(destroyMethod = "dispose")
		DataSource dataSource(@Value("${known.folder}") String file) {
			return JdbcConnectionPool.create("jdbc:h2:file:" + file + ";CACHE_SIZE=1024", "sa", "");
		}

		@Bean
		ChatModel chatModel() {
			return new Brief();
		}

		@Bean
		Refunds refunds() {
			return new Refunds();
		}

	}

	static final class Brief implements ChatModel {

		@Override
		public ChatResponse call(Prompt prompt) {
			throw new UnsupportedOperationException("it streams");
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			boolean refund = prompt.getUserMessage().getText().contains("Refund");
			AssistantMessage said = refund ? AssistantMessage.builder()
				.toolCalls(List.of(new AssistantMessage.ToolCall("c1", "function", "refund", "{}")))
				.build() : new AssistantMessage("Hello.");
			return Flux.just(new ChatResponse(List.of(new Generation(said))));
		}

	}

	static final class Refunds {

		@Tool(description = "Refunds an order")
		@ToolPolicy(needsApproval = true)
		String refund() {
			return "refunded";
		}

	}

}
