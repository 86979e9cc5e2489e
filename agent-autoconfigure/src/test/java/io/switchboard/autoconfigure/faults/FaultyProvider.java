package io.switchboard.autoconfigure.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The process of a {@link FaultyProviderMain}.
 */
final class FaultyProvider implements AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	private final Process process;

	private final BufferedReader output;

	private final int port;

	private FaultyProvider(Process process) throws IOException {
		this.process = process;
		this.output = process.inputReader();
		String told = this.output.readLine();
		if (told == null) {
			throw new IOException("The provider's process ended before it told its port");
		}
		this.port = Integer.parseInt(told);
	}

	static FaultyProvider start(long seed) {
		try {
			return new FaultyProvider(
					new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g",
							"-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
							FaultyProviderMain.class.getName(), Long.toString(seed))
						.redirectError(ProcessBuilder.Redirect.INHERIT)
						.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The provider's process did not start", ex);
		}
	}

	String rootUrl() {
		return "http://127.0.0.1:" + this.port;
	}

	/**
	 * Which of the latest requests have neither been answered nor closed.
	 * @return what the provider knows of them
	 */
	List<String> openExchanges() {
		return ask("/control/exchanges").valueStream()
			.filter((exchange) -> exchange.path("outcome").asString("").equals("OPEN"))
			.map(JsonNode::toString)
			.toList();
	}

	/**
	 * How many connections are open besides the one that asks for this.
	 * @return the number
	 */
	int openConnections() {
		return ask("/control/connections").path("open").asInt() - 1;
	}

	private JsonNode ask(String path) {
		try {
			HttpURLConnection connection = (HttpURLConnection) URI.create(rootUrl() + path).toURL().openConnection();
			connection.setRequestProperty("Connection", "close");
			try (InputStream answer = connection.getInputStream()) {
				return JSON.readTree(answer.readAllBytes());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The provider does not answer about " + path, ex);
		}
	}

	/**
	 * End the process in peace.
	 * @return how often its model did what
	 */
	String end() {
		try {
			this.process.getOutputStream().close();
			return this.output.lines().collect(Collectors.joining(" "));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The provider's process cannot be told to end", ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
