package io.switchboard.autoconfigure.line;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.switchboard.autoconfigure.diagnostics.UnknownSettingException;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Anthropic's client holds more streams than Reactor has shared threads, and more
 * requests that wait than OkHttp lets by itself.
 */
class ManyAnthropicStreamsTests {

	/** More than both: ten threads a processor, and 64 requests. */
	private static final int STREAMS = Math.max(64, 10 * Runtime.getRuntime().availableProcessors()) + 36;

	private final FakeProvider provider = FakeProvider.start();

	private String told;

	@BeforeEach
	void remember() {
		this.told = System.clearProperty(SharedThreads.SIZE);
	}

	@AfterEach
	void restore() {
		this.provider.close();
		if (this.told != null) {
			System.setProperty(SharedThreads.SIZE, this.told);
		}
		else {
			System.clearProperty(SharedThreads.SIZE);
		}
	}

	@Test
	void allAreReadAtOnce(@TempDir Path directory) throws Exception {
		this.provider.otherwise(Reply.stream("Hello", " there").stallingAfter(1));
		Path output = directory.resolve("output");
		Process process = start(output);

		try {
			assertThat(process.onExit()).as("exit").succeedsWithin(Clients.LIMIT.plusSeconds(30));
			assertThat(process.exitValue()).as(Files.readString(output)).isZero();
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	void allWaitForTheirAnswersAtOnce(@TempDir Path directory) throws Exception {
		this.provider.otherwise(Reply.silence());
		Process process = start(directory.resolve("output"));

		try {
			assertThat(this.provider.exchange(STREAMS)).succeedsWithin(Clients.LIMIT);
		}
		finally {
			process.destroyForcibly();
		}
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			-,         -,                       -,   10000
			anthropic, -,                       -,   10000
			anthropic, -,                       500, 500
			openai,    -,                       -,   -
			anthropic, 77,                      500, 77
			""")
	void sharedThreadsAreAsManyAsStreams(String model, String told, String streams, String expected) {
		if (told != null) {
			System.setProperty(SharedThreads.SIZE, told);
		}
		StandardEnvironment environment = new StandardEnvironment();
		set(environment, "spring.ai.model.chat", model);
		set(environment, "switchboard.anthropic.max-streams", streams);

		new SharedThreads().postProcessEnvironment(environment, new SpringApplication());

		assertThat(System.getProperty(SharedThreads.SIZE)).isEqualTo(expected);
	}

	@Test
	void impossibleSettingsEndTheStart() {
		Clients.one("anthropic", this.provider)
			.withPropertyValues("switchboard.anthropic.max-streams=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("switchboard.anthropic.max-streams is '0' and has to be more than zero"));
	}

	@Test
	void aMisspeltKeyEndsTheStart() {
		Clients.one("anthropic", this.provider)
			.withPropertyValues("switchboard.anthropic.max-stream=5")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(UnknownSettingException.class)
				.hasMessageContaining("Did you mean 'max-streams'?"));
	}

	private Process start(Path output) throws Exception {
		return Applications.start(ManyStreamsApplication.class, output, this.provider.rootUrl(),
				String.valueOf(STREAMS));
	}

	private static void set(StandardEnvironment environment, String key, String value) {
		if (value != null) {
			environment.getPropertySources().addFirst(new MapPropertySource(key, Map.of(key, value)));
		}
	}

}
