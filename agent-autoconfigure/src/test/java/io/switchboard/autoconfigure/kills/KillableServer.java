package io.switchboard.autoconfigure.kills;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The application's process, one after the other on the same port.
 */
final class KillableServer implements AutoCloseable {

	private static final List<String> COMMAND = List.of(
			Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:+UseSerialGC",
			"-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", System.getProperty("java.class.path"),
			KillableApplication.class.getName());

	private static final long START = Duration.ofSeconds(60).toNanos();

	private final Object lock = new Object();

	private final List<String> arguments;

	private final PrintStream log;

	private final int port;

	private @Nullable Process process;

	private @Nullable Life life;

	private int number;

	private int killed;

	KillableServer(List<String> arguments, Path log) throws IOException {
		this.arguments = arguments;
		this.log = new PrintStream(log.toFile());
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.port = socket.getLocalPort();
		}
	}

	/**
	 * Start the next process. It becomes ready later.
	 * @throws IOException if there is no process
	 */
	void start() throws IOException {
		this.number++;
		int started = this.number;
		List<String> command = new ArrayList<>(COMMAND);
		command.addAll(this.arguments);
		command.add("--kills.life=" + started);
		command.add("--server.port=" + this.port);
		Process next = new ProcessBuilder(command).redirectErrorStream(true).start();
		this.process = next;
		Thread reader = new Thread(() -> read(next, started), "output of life " + started);
		reader.setDaemon(true);
		reader.start();
	}

	private void read(Process process, int started) {
		this.log.println("Life " + started);
		try (BufferedReader output = process.inputReader()) {
			String line = output.readLine();
			while (line != null) {
				this.log.println(line);
				if (line.equals(KillableApplication.READY)) {
					become(new Life(started, this.port));
				}
				line = output.readLine();
			}
		}
		catch (IOException ex) {
			// It was killed
		}
	}

	private void become(Life next) {
		synchronized (this.lock) {
			// What a process has said may be read after it was killed
			if (next.number() > this.killed) {
				this.life = next;
				this.lock.notifyAll();
			}
		}
	}

	/**
	 * Kill the process at once.
	 */
	void kill() {
		synchronized (this.lock) {
			this.killed = this.number;
			this.life = null;
		}
		Process current = this.process;
		if (current != null) {
			current.destroyForcibly();
			current.onExit().join();
		}
	}

	/**
	 * Have the process write down what its threads do.
	 * @throws Exception if it is not there
	 */
	void dump() throws Exception {
		Process dumped = this.process;
		if (dumped != null) {
			new ProcessBuilder("kill", "-QUIT", Long.toString(dumped.pid())).start().waitFor();
			dumped.waitFor(2, TimeUnit.SECONDS);
		}
	}

	/**
	 * Wait for a process that takes requests.
	 * @param after a life that is known to be over, or 0
	 * @return a later one
	 * @throws InterruptedException if the driver is to end
	 */
	Life await(int after) throws InterruptedException {
		long end = System.nanoTime() + START;
		synchronized (this.lock) {
			while (this.life == null || this.life.number() <= after) {
				long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
				if (left <= 0) {
					throw new IllegalStateException("No life comes after life " + after);
				}
				this.lock.wait(left);
			}
			return this.life;
		}
	}

	@Override
	public void close() {
		kill();
		this.log.close();
	}

}
