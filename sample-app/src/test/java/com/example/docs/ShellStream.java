package com.example.docs;

import java.io.BufferedReader;
import java.io.IOException;

/**
 * A command that the documentation shows and that goes on to print until nobody listens.
 * It gives up after a minute.
 */
final class ShellStream implements AutoCloseable {

	private final Process process;

	private final BufferedReader output;

	/**
	 * Run a command against a server.
	 * @param command the command, which addresses port 8080
	 * @param port the port to address instead
	 * @throws IOException if there is no shell
	 */
	ShellStream(String command, int port) throws IOException {
		this.process = new ProcessBuilder("bash", "-c",
				command.strip()
					.replace("localhost:8080", "localhost:%d".formatted(port))
					.replace("curl ", "exec curl --max-time 60 "))
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		this.output = this.process.inputReader();
	}

	BufferedReader output() {
		return this.output;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
