package io.switchboard.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.switchboard.annotation.Agent;
import io.switchboard.annotation.OnMessage;
import io.switchboard.annotation.OnStart;
import io.switchboard.annotation.OnStop;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.test.model.ScriptedChatModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for a whole application, as a user would write it.
 */
@ExtendWith(OutputCaptureExtension.class)
class ApplicationTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@Test
	void anAgentFromPropertiesAnswersOverHttp() {
		try (ConfigurableApplicationContext context = run("switchboard.agents.support.per-session=true",
				"switchboard.agents.support.instructions=Be kind.")) {
			String answer = client(context).post()
				.uri("/agents/support/s-1/turns")
				.contentType(MediaType.APPLICATION_JSON)
				.accept(MediaType.APPLICATION_JSON)
				.bodyValue("{\"input\": \"Hello\"}")
				.retrieve()
				.bodyToMono(String.class)
				.blockOptional(LIMIT)
				.orElseThrow();

			assertThat(answer).contains("\"answer\":\"Good morning\"");
		}
	}

	@Test
	void agentsAreUpBeforeTheWebServerAndDownBeforePlainBeans() {
		List<String> lines;
		try (ConfigurableApplicationContext context = run()) {
			lines = context.getBean(Diary.class).lines;
			assertThat(lines).containsExactly("agent up", "web server up");
		}

		assertThat(lines).containsExactly("agent up", "web server up", "agent down", "diary closed");
	}

	@Test
	void aMistakeIsPrintedAsAnAnalysis(CapturedOutput output) {
		assertThatException().isThrownBy(() -> run("switchboard.agents.support.instructions=classpath:missing.md"));

		assertThat(output.toString()).contains("APPLICATION FAILED TO START",
				"switchboard.agents.support.instructions is 'classpath:missing.md'", "Action:",
				"src/main/resources/agents/support.md");
	}

	@Test
	void theSystemIsABeanForUserCode() {
		try (ConfigurableApplicationContext context = run()) {
			assertThat(context.getBean(AgentSystem.class).agent("/diary", String.class).tell("hello").isAccepted())
				.isTrue();
		}
	}

	private static ConfigurableApplicationContext run(String... properties) {
		return new SpringApplicationBuilder(Application.class).properties("server.port=0", "server.address=127.0.0.1")
			.properties("spring.ai.model.chat=none")
			.properties(properties)
			.run();
	}

	private static WebClient client(ApplicationContext context) {
		return WebClient.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ DiaryAgent.class, Diary.class })
	static class Application {

		@Bean
		ScriptedChatModel model() {
			return ScriptedChatModel.script().answer("Good morning").repeat().build();
		}

	}

	static class Diary implements AutoCloseable {

		private final List<String> lines = new CopyOnWriteArrayList<>();

		@EventListener
		void webServerIsUp(WebServerInitializedEvent event) {
			this.lines.add("web server up");
		}

		@Override
		public void close() {
			this.lines.add("diary closed");
		}

	}

	@Agent
	static class DiaryAgent {

		private final Diary diary;

		DiaryAgent(Diary diary) {
			this.diary = diary;
		}

		@OnStart
		void start() {
			this.diary.lines.add("agent up");
		}

		@OnMessage
		void handle(String message) {
		}

		@OnStop
		void stop() {
			this.diary.lines.add("agent down");
		}

	}

}
