package io.switchboard.autoconfigure.kills;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

import tools.jackson.databind.json.JsonMapper;

/**
 * Talks in one session.
 */
final class SessionClient {

	private static final JsonMapper JSON = new JsonMapper();

	private static final int MOST_TURNS = 7;

	private final KillableServer server;

	private final Recorder recorder;

	private final ExecutorService threads;

	private final String session;

	private final Random random;

	SessionClient(KillableServer server, Recorder recorder, ExecutorService threads, String session, Random random) {
		this.server = server;
		this.recorder = recorder;
		this.threads = threads;
		this.session = session;
		this.random = random;
	}

	/**
	 * Talk for a while.
	 * @param approver who agrees
	 * @param over says when it is enough
	 * @throws Exception if a client broke
	 */
	void run(Approver approver, BooleanSupplier over) throws Exception {
		Plan end = Plan.brief(this.session + ".end");
		Future<?> follower = this.threads
			.submit(new Follower(this.server, this.recorder, approver, end, new Random(this.random.nextLong())));
		long last = 0;
		int turns = 1 + this.random.nextInt(MOST_TURNS);
		for (int i = 0; i < turns && !over.getAsBoolean(); i++) {
			TurnClient turn = turn(Plan.random("%s.t%d".formatted(this.session, i), this.random), last);
			if (this.random.nextInt(4) == 0) {
				TurnClient other = turn(Plan.random("%s.u%d".formatted(this.session, i), this.random), last);
				Future<Long> both = this.threads.submit(() -> other.run(false));
				last = Math.max(turn.run(false), both.get());
			}
			else {
				last = turn.run(false);
			}
		}
		turn(end, last).run(true);
		follower.get();
		this.recorder.transcript(this.session, transcript());
	}

	private TurnClient turn(Plan plan, long last) {
		return new TurnClient(this.server, this.recorder, plan, last, this.random);
	}

	private List<String> transcript() throws InterruptedException {
		int over = 0;
		while (true) {
			Life life = this.server.await(over);
			try {
				HttpResponse<InputStream> response = life.get("/" + this.session, Map.of());
				return JSON.readTree(response.body().readAllBytes())
					.path("transcript")
					.valueStream()
					.map((said) -> said.path("text").asString(""))
					.toList();
			}
			catch (IOException ex) {
				over = life.number();
			}
		}
	}

}
