package io.switchboard.autoconfigure.line;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.switchboard.test.provider.FakeProvider;
import io.switchboard.test.provider.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The JVM ends when the application does. By themselves, clients on OkHttp keep it for a
 * minute.
 */
class ExitTests {

	private static final Duration LIMIT = Duration.ofSeconds(50);

	private final FakeProvider provider = FakeProvider.start();

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void noThreadOfAClientKeepsTheJvm(@TempDir Path directory) throws Exception {
		this.provider.otherwise(Reply.answer("Hello there"));
		Path output = directory.resolve("output");

		Process process = Applications.start(ShortApplication.class, output, this.provider.rootUrl());

		try {
			assertThat(Files.exists(output)).isTrue();
			assertThat(process.onExit()).as(() -> read(output)).succeedsWithin(LIMIT);
			assertThat(process.exitValue()).as(read(output)).isZero();
			assertThat(this.provider.exchanges()).hasSize(3);
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static String read(Path output) {
		try {
			return Files.readString(output);
		}
		catch (Exception ex) {
			return ex.toString();
		}
	}

}
