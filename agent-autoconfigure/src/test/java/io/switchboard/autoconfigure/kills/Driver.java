package io.switchboard.autoconfigure.kills;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Has clients talk to an application that is killed now and then.
 */
final class Driver {

	private static final int LANES = 4;

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private final Recorder recorder;

	private final ExecutorService threads = Executors.newCachedThreadPool((work) -> {
		Thread thread = new Thread(work, "client of the killed");
		thread.setDaemon(true);
		return thread;
	});

	private final Path folder;

	private final long seed;

	private volatile boolean over;

	/**
	 * Make a driver.
	 * @param folder where the processes write
	 * @param seed decides what is done
	 * @param cuts when clients hang up
	 */
	Driver(Path folder, long seed, Cuts cuts) {
		this.recorder = new Recorder(cuts);
		this.folder = folder;
		this.seed = seed;
	}

	/**
	 * Talk and kill.
	 * @param kills how often
	 * @param settings of the application
	 * @return what was seen
	 * @throws Exception if a client broke
	 */
	History run(int kills, List<String> settings) throws Exception {
		LineFile requests = new LineFile(this.folder.resolve("requests"));
		LineFile executions = new LineFile(this.folder.resolve("executions"));
		try (PlannedProvider provider = PlannedProvider.start(this.folder.resolve("requests"));
				KillableServer server = new KillableServer(arguments(settings, provider), this.folder.resolve("log"))) {
			Approver approver = new Approver(server);
			Future<?> agrees = this.threads.submit(approver);
			List<Future<?>> lanes = new ArrayList<>();
			for (int i = 0; i < LANES; i++) {
				int lane = i;
				lanes.add(this.threads.submit(() -> talk(lane, server, approver)));
			}
			kill(kills, server);
			this.over = true;
			await(lanes, server, approver);
			agrees.cancel(true);
		}
		finally {
			this.threads.shutdownNow();
		}
		return this.recorder.history(requests.read().stream().map(Requested::parse).toList(),
				executions.read().stream().map(Executed::parse).toList());
	}

	private List<String> arguments(List<String> settings, PlannedProvider provider) {
		List<String> arguments = new ArrayList<>(settings);
		arguments.add("--kills.provider=" + provider.baseUrl());
		arguments.add("--kills.executions=" + this.folder.resolve("executions"));
		return arguments;
	}

	private Void talk(int lane, KillableServer server, Approver approver) throws Exception {
		Random random = new Random(this.seed * 31 + lane);
		for (int i = 0; !this.over; i++) {
			new SessionClient(server, this.recorder, this.threads, "c%d-%d".formatted(lane, i), random).run(approver,
					() -> this.over);
		}
		return null;
	}

	/**
	 * Most are killed when they have sent some events, some when they have hardly begun.
	 */
	private void kill(int kills, KillableServer server) throws IOException, InterruptedException {
		Random random = new Random(this.seed);
		for (int i = 0; i < kills; i++) {
			server.start();
			if (random.nextInt(8) > 0) {
				server.await(i);
				this.recorder.await(random.nextInt(300), 3_000);
				LockSupport.parkNanos(Duration.ofMillis(random.nextInt(40)).toNanos());
			}
			else {
				LockSupport.parkNanos(Duration.ofMillis(random.nextInt(3_000)).toNanos());
			}
			server.kill();
		}
		server.start();
		server.await(kills);
		this.recorder.await(300, 3_000);
	}

	private void await(List<Future<?>> lanes, KillableServer server, Approver approver) throws Exception {
		long end = System.nanoTime() + PATIENCE.toNanos();
		for (Future<?> lane : lanes) {
			try {
				lane.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
			}
			catch (TimeoutException ex) {
				server.dump();
				throw new IllegalStateException(
						"The clients wait for %s, %s; see %s".formatted(PATIENCE, approver, this.folder.resolve("log")),
						ex);
			}
		}
	}

}
