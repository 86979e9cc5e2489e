package io.switchboard.autoconfigure.web;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.switchboard.AgentPath;
import io.switchboard.jdbc.JdbcJournal;
import io.switchboard.jdbc.LimitedDisk;
import io.switchboard.jdbc.TroubledPostgres;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.codec.ServerSentEvent;

import static io.switchboard.autoconfigure.web.DeskClient.events;
import static io.switchboard.autoconfigure.web.DeskClient.problem;
import static io.switchboard.autoconfigure.web.DurableDesk.key;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what clients meet while the database of the journal is in trouble: a turn
 * that runs goes on afterwards, others are refused, and no agent minds.
 */
class TroubledDatabaseTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final FakeProvider provider = FakeProvider.start();

	/** So that H2 needs more room for it than it may have left in its file. */
	private static final String LONG = "sent ".repeat(40_000);

	@TempDir
	private static Path folder;

	private static TroubledPostgres postgres;

	private ConfigurableApplicationContext context;

	@BeforeAll
	static void startServer() {
		postgres = new TroubledPostgres(folder.resolve("data"));
	}

	@AfterAll
	static void stopServers() {
		postgres.close();
		provider.close();
	}

	@AfterEach
	void closeApplication() {
		LimitedDisk.empty();
		this.context.close();
	}

	@ParameterizedTest
	@MethodSource("troubles")
	void whatRunsGoesOnAfterwardsAndWhatComesIsRefused(DatabaseTrouble trouble) {
		DeskClient client = start(trouble.dataSource().get());
		int exchanges = provider.exchanges().size();
		// the database remembers those of other troubles
		String turns = "/agents/support/ada-%d/turns".formatted(exchanges);
		provider.enqueue(Reply.toolCall("ship", "{\"id\":\"ORD-7\"}"), Reply.answer("It was sent."),
				Reply.answer("Hello again."));
		Flux<ServerSentEvent<String>> turn = events(client.stream(turns, "Ship", key("k1")));
		StepVerifier told = StepVerifier.create(turn.mapNotNull(ServerSentEvent::event))
			.expectNext("turn-started", "tool-call", "tool-result")
			.thenConsumeWhile("token"::equals)
			.expectNext("turn-completed")
			.expectComplete()
			.verifyLater();
		StepVerifier.create(gates().reached("ship")).expectComplete().verify(SOON);

		trouble.begin().run();
		gates().open("ship");
		StepVerifier.create(untilAway()).expectNextCount(1).expectComplete().verify(SOON);
		problem(client.ask(turns, "Hello"), 503, "journal-unavailable");
		problem(client.ask("/agents/support/bo-%d/turns".formatted(exchanges), "Hello", key("k2")), 503,
				"journal-unavailable");
		assertThat(provider.exchanges()).as("what follows from a result that is not kept").hasSize(exchanges + 1);
		trouble.end().run();

		told.verify(SOON);
		client.ask(turns, "Ship", key("k1")).expectBody().jsonPath("$.answer").isEqualTo("It was sent.");
		client.ask(turns, "Hello").expectStatus().isOk();
		assertThat(provider.exchanges()).hasSize(exchanges + 3);
		assertThat(this.context.getBean(Shipping.class).shipped).isOne();
		assertThat(this.context.getBean(AgentSystem.class).node(AgentPath.of("/support/ada-" + exchanges)).restarts())
			.isZero();
	}

	static Stream<DatabaseTrouble> troubles() {
		return Stream.of(inPostgres("PostgreSQL's disk is full", () -> postgres.beforeEachWrite("""
				raise exception 'refused by the test' using errcode = '53100'"""),
				() -> postgres.nothingBeforeWrites()), inPostgres("PostgreSQL is an old primary", () -> {
					postgres.setting("default_transaction_read_only", "on");
					postgres.disconnect();
				}, () -> postgres.setting("default_transaction_read_only", "off")),
				inPostgres("PostgreSQL takes no connections", () -> {
					postgres.connectionLimit(0);
					postgres.disconnect();
				}, () -> postgres.connectionLimit(-1)),
				inPostgres("PostgreSQL is away", () -> postgres.stop(), () -> postgres.startAgain()),
				new DatabaseTrouble("H2's disk is full", TroubledDatabaseTests::h2, () -> LimitedDisk.leave(0),
						LimitedDisk::empty));
	}

	private static DatabaseTrouble inPostgres(String name, Runnable begin, Runnable end) {
		return new DatabaseTrouble(name, () -> postgres.pool(), begin, end);
	}

	private static DataSource h2() {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:%s%s;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE".formatted(LimitedDisk.register(),
				folder.resolve("journal")));
		return dataSource;
	}

	private Mono<String> untilAway() {
		JdbcJournal journal = this.context.getBean(JdbcJournal.class);
		return Flux.interval(Duration.ofMillis(1))
			.onBackpressureDrop()
			.mapNotNull((look) -> journal.statistics().trouble())
			.next();
	}

	private Gates gates() {
		return this.context.getBean(Gates.class);
	}

	private DeskClient start(DataSource dataSource) {
		List<String> settings = List.of("server.port=0", "server.address=127.0.0.1", "spring.ai.model.chat=none",
				"switchboard.journal.store=jdbc", "switchboard.journal.accept-timeout=2s",
				"switchboard.agents.support.per-session=true",
				"switchboard.agents.support.instructions=You help customers.",
				"switchboard.agents.support.tools=shipping");
		this.context = new SpringApplicationBuilder(Support.class).web(WebApplicationType.REACTIVE)
			.initializers(
					(context) -> ((GenericApplicationContext) context).registerBean(DataSource.class, () -> dataSource))
			.run(settings.stream().map((setting) -> "--" + setting).toArray(String[]::new));
		return new DeskClient(this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Support {

		@Bean
		OpenAiChatModel chatModel() {
			return OpenAiChatModel.builder()
				.options(OpenAiChatOptions.builder()
					.baseUrl(provider.baseUrl())
					.apiKey("any")
					.model("fake-model")
					.maxRetries(0)
					.streamUsage(true)
					.build())
				.build();
		}

		@Bean
		Gates gates() {
			return new Gates();
		}

		@Bean
		Shipping shipping(Gates gates) {
			return new Shipping(gates);
		}

	}

	static class Shipping {

		private final Gates gates;

		private volatile int shipped;

		Shipping(Gates gates) {
			this.gates = gates;
		}

		@Tool(description = "Ships an order")
		Mono<String> ship(String id) {
			return this.gates.pass("ship").then(Mono.fromSupplier(() -> {
				this.shipped++;
				return LONG;
			}));
		}

	}

}
