package com.example.docs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.example.helpdesk.HelpDeskApplication;

/**
 * The sample as a process of its own, which can be killed and started again.
 */
final class HelpDeskProcess implements AutoCloseable {

	private static final int PATIENCE_SECONDS = 60;

	private final Path journal;

	private final int port = freePort();

	private Process process;

	/**
	 * Start the first process.
	 * @param journal the folder of its journal
	 */
	HelpDeskProcess(Path journal) {
		this.journal = journal;
		this.process = start();
	}

	/**
	 * Where it listens, in all of its lives.
	 * @return the port
	 */
	int port() {
		return this.port;
	}

	/**
	 * Kill it as {@code kill -9} does, and wait until it is gone.
	 */
	void kill() {
		this.process.destroyForcibly().onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
	}

	/**
	 * Start the next process.
	 */
	void startAgain() {
		this.process = start();
	}

	private Process start() {
		try {
			Process started = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
					System.getProperty("java.class.path"), HelpDeskApplication.class.getName(),
					"--server.port=" + this.port, "--switchboard.journal.folder=" + this.journal,
					"--switchboard.journal.store=jdbc", "--helpdesk.rehearsal.words-per-second=2")
				.redirectErrorStream(true)
				.start();
			CompletableFuture<Void> ready = new CompletableFuture<>();
			Thread reader = new Thread(() -> read(started, ready), "output of the help desk");
			reader.setDaemon(true);
			reader.start();
			ready.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
			return started;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void read(Process process, CompletableFuture<Void> ready) {
		StringBuilder all = new StringBuilder();
		try (BufferedReader output = process.inputReader()) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				all.append(line).append(System.lineSeparator());
				if (line.contains("Started HelpDeskApplication")) {
					ready.complete(null);
				}
			}
		}
		catch (IOException ex) {
			// it was killed
		}
		ready.completeExceptionally(new IllegalStateException("The help desk has not started:%n%s".formatted(all)));
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		kill();
	}

}
