package io.switchboard.autoconfigure.kills;

import java.nio.file.Path;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;

/**
 * An application that is started to be killed. It says when it is ready.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class KillableApplication {

	static final String READY = "The application is ready";

	private static final Map<String, Object> SETTINGS = Map.ofEntries(Map.entry("spring.ai.model.chat", "none"),
			Map.entry("spring.ai.model.embedding", "none"), Map.entry("spring.ai.model.image", "none"),
			Map.entry("spring.ai.model.moderation", "none"), Map.entry("spring.ai.model.audio.speech", "none"),
			Map.entry("spring.ai.model.audio.transcription", "none"), Map.entry("server.address", "127.0.0.1"),
			Map.entry("spring.main.banner-mode", "off"), Map.entry("spring.jmx.enabled", "false"),
			Map.entry("switchboard.agents.desk.per-session", "true"),
			Map.entry("switchboard.agents.desk.max-sessions", "100000"),
			Map.entry("switchboard.agents.desk.instructions", "Keep to the plan."),
			Map.entry("switchboard.agents.desk.tools", "killableTools"),
			// Sessions come and go, and so do those whose turns wait for approval
			Map.entry("switchboard.agents.desk.idle-timeout", "5ms"),
			// Soon enough for an answer to begin before the turn does
			Map.entry("switchboard.web.keep-alive", "100ms"));

	/**
	 * Runs until it is killed.
	 * @param arguments further settings
	 */
	public static void main(String[] arguments) {
		new SpringApplicationBuilder(KillableApplication.class).properties(SETTINGS).run(arguments);
		System.out.println(READY);
	}

	@Bean
	@ConditionalOnProperty("spring.datasource.url")
	HikariDataSource dataSource(@Value("${spring.datasource.url}") String url) {
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setJdbcUrl(url);
		return dataSource;
	}

	@Bean
	OpenAiChatModel chatModel(@Value("${kills.life}") int life, @Value("${kills.provider}") String provider) {
		return OpenAiChatModel.builder()
			.options(OpenAiChatOptions.builder()
				.baseUrl(provider)
				.apiKey("any")
				.model("life-" + life)
				.maxRetries(0)
				.streamUsage(true)
				.build())
			.build();
	}

	@Bean
	KillableTools killableTools(@Value("${kills.life}") int life, @Value("${kills.executions}") Path executions) {
		return new KillableTools(life, new LineFile(executions));
	}

}
