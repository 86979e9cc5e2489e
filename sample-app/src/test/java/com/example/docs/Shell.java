package com.example.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Runs the commands that the documentation shows.
 */
final class Shell {

	private Shell() {
	}

	/**
	 * Whether this machine has what the commands need.
	 * @return {@code true} if it has a shell and curl
	 */
	static boolean isThere() {
		try {
			return new ProcessBuilder("bash", "-c", "curl --version").start().waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Run a command against a server.
	 * @param command the command, which addresses port 8080
	 * @param port the port to address instead
	 * @return what it printed
	 */
	static String run(String command, int port) {
		try {
			Process process = new ProcessBuilder("bash", "-c",
					command.replace("localhost:8080", "localhost:%d".formatted(port)))
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
