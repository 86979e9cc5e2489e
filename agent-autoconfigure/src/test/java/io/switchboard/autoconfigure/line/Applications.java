package io.switchboard.autoconfigure.line;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts applications as processes of their own, with the class path of the tests.
 */
final class Applications {

	private Applications() {
	}

	/**
	 * Start an application.
	 * @param main its class
	 * @param output where to write what it says
	 * @param arguments its arguments
	 * @return the process
	 */
	static Process start(Class<?> main, Path output, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), main.getName()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
	}

}
