package com.example.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.example.assistant.AssistantApplication;
import com.example.docs.Page.Block;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the README's first application answers the README's question.
 */
@EnabledIf("com.example.docs.Shell#isThere")
class FirstAgentInReadmeTests {

	@Test
	void answersOverHttp(@TempDir Path directory) throws IOException {
		Path configuration = Files.writeString(directory.resolve("application.yaml"),
				block("yaml", "switchboard.agents.assistant").text());
		String command = block("sh", "/agents/assistant/").text();
		try (FakeProvider provider = FakeProvider.start().otherwise(Reply.answer("Tivadar Puskas did."));
				ConfigurableApplicationContext context = new SpringApplicationBuilder(AssistantApplication.class)
					// this class path has Ollama's starter as well
					.run("--spring.config.location=" + configuration.toUri(), "--spring.ai.model.chat=openai",
							"--OPENAI_BASE_URL=" + provider.baseUrl(), "--server.port=0",
							"--server.address=127.0.0.1")) {
			int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);

			assertThat(Shell.run(command, port)).contains("\"answer\":\"Tivadar Puskas did.\"");
			assertThat(provider.exchanges()).hasSize(1);
			assertThat(provider.exchanges().get(0).request().lastUserText())
				.isEqualTo("Who invented the telephone switchboard?");
		}
	}

	private static Block block(String language, String content) {
		return Repository.page("README.md")
			.blocks(language)
			.stream()
			.filter((block) -> block.text().contains(content))
			.findFirst()
			.orElseThrow();
	}

}
