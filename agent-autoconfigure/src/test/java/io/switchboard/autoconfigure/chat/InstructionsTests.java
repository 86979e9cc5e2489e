package io.switchboard.autoconfigure.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.switchboard.autoconfigure.SwitchboardProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Instructions}.
 */
class InstructionsTests {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "You help customers.", "Be brief\nand kind.", "Note: be kind" })
	void severalWordsAreTheTextItself(String text) {
		assertThat(read(text)).isEqualTo(text);
	}

	@Test
	void noInstructionsAreAnEmptyText() {
		assertThat(read(Map.of("switchboard.agents.support.model", "default"))).containsEntry("support", "");
	}

	@ParameterizedTest
	@ValueSource(strings = { "classpath:agents/support.md", "agents/support.md", " classpath:agents/support.md\n" })
	void aLocationIsRead(String location) {
		assertThat(read(location)).isEqualTo("You help customers – with their orders.\n");
	}

	@Test
	void aFileMayHaveBlanksInItsName() throws IOException {
		Path file = Files.writeString(this.folder.resolve("my agent.md"), "You are brief.");

		assertThat(read("file:" + file)).isEqualTo("You are brief.");
	}

	@Test
	void whatIsMissingIsReportedAtOnce() {
		Map<String, String> properties = Map.of("switchboard.agents.support.instructions", "classpath:missing.md",
				"switchboard.agents.triage.instructions", "missing-too.md");

		assertThatExceptionOfType(MissingInstructionsException.class).isThrownBy(() -> read(properties))
			.withMessageContainingAll("switchboard.agents.support.instructions is 'classpath:missing.md'",
					"switchboard.agents.triage.instructions is 'missing-too.md'")
			.satisfies((ex) -> assertThat(ex.action()).contains("src/main/resources/agents/support.md"));
	}

	private static String read(String instructions) {
		return read(Map.of("switchboard.agents.support.instructions", instructions)).getOrDefault("support", "none");
	}

	private static Map<String, String> read(Map<String, String> properties) {
		SwitchboardProperties bound = new Binder(new MapConfigurationPropertySource(properties))
			.bindOrCreate("switchboard", SwitchboardProperties.class);
		return new Instructions(new DefaultResourceLoader()).read(bound.agents());
	}

}
