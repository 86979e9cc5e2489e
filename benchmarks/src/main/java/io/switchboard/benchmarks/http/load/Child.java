package io.switchboard.benchmarks.http.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process of the run: the provider or an application. A line of its output says where
 * it is to be found.
 */
public final class Child implements AutoCloseable {

	private static final String PORTS = "\\d+( \\d+)?";

	private static final int TICKS_A_SECOND = 100;

	private static final int USER_TICKS = 11;

	private final HttpClient client = HttpClient.newHttpClient();

	private final Process process;

	private final String announcement;

	private Child(Process process, String announcement) {
		this.process = process;
		this.announcement = announcement;
	}

	/**
	 * Start a process with the JDK and the class path of this one.
	 * @param errors where it writes what went wrong
	 * @param options options of the JVM
	 * @param main what to run
	 * @param arguments its arguments
	 * @return the process, ready
	 * @throws IOException if it does not start
	 */
	public static Child start(Path errors, List<String> options, Class<?> main, List<String> arguments)
			throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(arguments);
		Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
		BufferedReader output = process.inputReader();
		String line = output.readLine();
		while (line != null && !line.matches(PORTS)) {
			line = output.readLine();
		}
		if (line == null) {
			throw new IOException("%s did not start:%n%s".formatted(main.getSimpleName(), Files.readString(errors)));
		}
		return new Child(process, line);
	}

	/**
	 * A port that it listens on.
	 * @param index which of them
	 * @return the port
	 */
	public int port(int index) {
		return Integer.parseInt(this.announcement.split(" ")[index]);
	}

	public String get(String path) {
		return send(path, HttpRequest.newBuilder().GET(), 0);
	}

	public String post(String path, int port) {
		return send(path, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()), port);
	}

	private String send(String path, HttpRequest.Builder request, int port) {
		try {
			return this.client
				.send(request.uri(URI.create("http://127.0.0.1:" + port(port) + path)).build(),
						HttpResponse.BodyHandlers.ofString())
				.body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The process does not answer " + path, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while it waits for " + path, ex);
		}
	}

	public double cpuSeconds() {
		String stat = read("stat");
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
		return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1])) / (double) TICKS_A_SECOND;
	}

	public long residentKb() {
		return status("VmRSS:");
	}

	public long peakResidentKb() {
		return status("VmHWM:");
	}

	public long threads() {
		return status("Threads:");
	}

	private long status(String key) {
		return read("status").lines()
			.filter((line) -> line.startsWith(key))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("[^0-9]", "")))
			.findFirst()
			.orElseThrow();
	}

	private String read(String file) {
		try {
			return Files.readString(Path.of("/proc", Long.toString(this.process.pid()), file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The process has ended, or this is no Linux", ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
