package io.switchboard.autoconfigure.kills;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The process of a {@link PlannedProviderMain}.
 */
final class PlannedProvider implements AutoCloseable {

	private final Process process;

	private final int port;

	private PlannedProvider(Process process) throws IOException {
		this.process = process;
		this.port = Integer.parseInt(process.inputReader().readLine());
	}

	static PlannedProvider start(Path requests) throws IOException {
		return new PlannedProvider(
				new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
						"-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
						PlannedProviderMain.class.getName(), requests.toString())
					.redirectError(ProcessBuilder.Redirect.INHERIT)
					.start());
	}

	String baseUrl() {
		return "http://127.0.0.1:%d/v1".formatted(this.port);
	}

	@Override
	public void close() throws IOException {
		this.process.getOutputStream().close();
		this.process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
	}

}
