package io.switchboard.benchmarks.comparison;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.switchboard.benchmarks.Works;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Runs works, each in a process of its own with the JDK that this one runs on.
 */
final class Runner {

	private static final int MOST_MINUTES = 5;

	private final Path directory;

	private final int patience;

	/**
	 * Make a runner.
	 * @param directory where the processes write
	 * @param patience how many seconds to wait before each run until the machine is quiet
	 */
	Runner(Path directory, int patience) {
		this.directory = directory;
		this.patience = patience;
	}

	/**
	 * Let one entry do the work of a case.
	 * @param done the case
	 * @param entry who does it
	 * @param repetition in which repetition
	 * @return what came of it
	 * @throws IOException if there is no process to be had
	 * @throws InterruptedException if this process is to end
	 */
	Run run(Case done, Entry entry, int repetition) throws IOException, InterruptedException {
		MachineLoad.awaitQuiet(this.patience);
		Path output = this.directory.resolve("output.txt");
		Path errors = this.directory.resolve("errors.txt");
		MachineLoad before = MachineLoad.now();
		long started = System.nanoTime();
		Process process = new ProcessBuilder(command(done, entry)).redirectOutput(output.toFile())
			.redirectError(errors.toFile())
			.start();
		try {
			process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
		}
		finally {
			process.destroyForcibly().waitFor();
		}
		double seconds = (System.nanoTime() - started) / 1e9;
		double foreign = MachineLoad.now().foreignSince(before);
		JsonNode figures = (process.exitValue() == 0) ? figures(output) : MissingNode.getInstance();
		Run run = new Run(done, entry, repetition, figures, seconds, foreign);
		if (!run.isOk()) {
			System.err.println(Files.readString(errors, StandardCharsets.UTF_8));
		}
		return run;
	}

	private static List<String> command(Case done, Entry entry) {
		List<String> command = new ArrayList<>();
		if (entry.isBeam()) {
			command.add(Path.of("run-beam").toAbsolutePath().toString());
			command.addAll(words(done.command(entry)).subList(1, words(done.command(entry)).size()));
			return command;
		}
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(words(done.jvmOptions()));
		command.addAll(words(entry.jvmOptions()));
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), Works.class.getName()));
		command.addAll(words(done.command(entry)));
		return command;
	}

	private static List<String> words(String text) {
		return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
	}

	private static JsonNode figures(Path output) throws IOException {
		return Files.readAllLines(output)
			.stream()
			.filter((line) -> line.startsWith("{"))
			.reduce((earlier, later) -> later)
			.map((line) -> JsonMapper.shared().readTree(line).path("figures"))
			.orElse(MissingNode.getInstance());
	}

}
