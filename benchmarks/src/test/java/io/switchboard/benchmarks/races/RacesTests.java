package io.switchboard.benchmarks.races;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the races under jcstress: shortly in the normal build, longer with
 * {@code -Dtests.races=default} or another of its modes.
 */
class RacesTests {

	private static final List<String> SHORT = List.of("-m", "quick", "-iters", "2", "-time", "60", "-f", "1", "-fsm",
			"1", "-sc", "false");

	private static final Pattern RESULTS = Pattern.compile("Results: (\\d+) planned; (\\d+) passed, 0 failed");

	@TempDir
	private Path folder;

	@Test
	void noRaceEndsInAWayThatItMustNot() throws Exception {
		Path report = this.folder.resolve("report.txt");

		int exitCode = run(report);

		String text = Files.readString(report);
		assertThat(exitCode).as(text).isZero();
		assertThat(passed(text)).as(text).isGreaterThanOrEqualTo(16);
	}

	private int run(Path report) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
						"org.openjdk.jcstress.Main", "-t", "io.switchboard.benchmarks.races"));
		String mode = System.getProperty("tests.races");
		command.addAll((mode != null) ? List.of("-m", mode) : SHORT);
		Process process = new ProcessBuilder(command).directory(this.folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(report.toFile())
			.start();
		try {
			assertThat(process.waitFor((mode != null) ? 24 * 60 : 15, TimeUnit.MINUTES)).isTrue();
			return process.exitValue();
		}
		finally {
			process.destroy();
		}
	}

	private static int passed(String report) {
		Matcher matcher = RESULTS.matcher(report);
		int passed = 0;
		while (matcher.find()) {
			passed = Integer.parseInt(matcher.group(2));
		}
		return passed;
	}

}
