package io.switchboard.autoconfigure.kills;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks for one turn, and goes on asking until it has seen the end of it.
 */
final class TurnClient {

	private static final JsonMapper JSON = new JsonMapper();

	private final KillableServer server;

	private final Recorder recorder;

	private final Plan plan;

	private final boolean keyed;

	private final boolean streamed;

	private final Random random;

	private final String reader;

	private long last;

	private @Nullable String turn;

	private long acceptedAt;

	/**
	 * Make a client.
	 * @param server who is asked
	 * @param recorder who is told
	 * @param plan what to do
	 * @param last the number of an event before the turn
	 * @param random decides on how it is asked
	 */
	TurnClient(KillableServer server, Recorder recorder, Plan plan, long last, Random random) {
		this.server = server;
		this.recorder = recorder;
		this.plan = plan;
		this.last = last;
		this.keyed = random.nextInt(3) > 0;
		this.streamed = random.nextInt(3) > 0;
		this.random = new Random(random.nextLong());
		this.reader = "asker %d of %s".formatted(recorder.next(), plan.label());
	}

	/**
	 * Ask, and read to the end.
	 * @param sure whether to ask with a key, and so to be sure that it is answered
	 * @return the number of the last event that was seen
	 * @throws InterruptedException if the driver is to end
	 */
	long run(boolean sure) throws InterruptedException {
		long sentAt = this.recorder.next();
		boolean hasKey = sure || this.keyed;
		Sent.Fate fate = ask(hasKey);
		this.recorder.add(new Sent(this.plan, fate, sentAt, this.acceptedAt));
		return this.last;
	}

	private Sent.Fate ask(boolean hasKey) throws InterruptedException {
		int over = 0;
		while (true) {
			Life life = this.server.await(over);
			try {
				HttpResponse<InputStream> response = (this.acceptedAt == 0 || hasKey) ? post(life, hasKey)
						: follow(life);
				if (response.statusCode() == 200) {
					this.acceptedAt = (this.acceptedAt > 0) ? this.acceptedAt : this.recorder.next();
					if (isToldTheEnd(response.body(), life)) {
						return Sent.Fate.ACCEPTED;
					}
				}
				else if (isRefused(response, hasKey)) {
					return Sent.Fate.REFUSED;
				}
			}
			catch (IOException ex) {
				if (!hasKey && (this.acceptedAt == 0 || !this.streamed)) {
					return (this.acceptedAt > 0) ? Sent.Fate.ACCEPTED : Sent.Fate.UNKNOWN;
				}
				over = life.number();
			}
		}
	}

	private HttpResponse<InputStream> post(Life life, boolean hasKey) throws IOException, InterruptedException {
		Map<String, String> headers = new TreeMap<>();
		headers.put("Accept", this.streamed ? "text/event-stream" : "application/json");
		if (hasKey) {
			headers.put("Idempotency-Key", "key of " + this.plan.label());
		}
		if (this.turn != null) {
			headers.put("Last-Event-ID", Long.toString(this.last));
		}
		return life.post("/%s/turns".formatted(session()), headers, Map.of("input", this.plan.text()));
	}

	private HttpResponse<InputStream> follow(Life life) throws IOException, InterruptedException {
		return life.get("/%s/events".formatted(session()),
				Map.of("Accept", "text/event-stream", "Last-Event-ID", Long.toString(this.last)));
	}

	private boolean isRefused(HttpResponse<InputStream> response, boolean hasKey) throws IOException {
		String body = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
		if (response.statusCode() != 503 || this.acceptedAt > 0) {
			this.recorder.remark("%s is told %d %s", this.reader, response.statusCode(), body);
			return true;
		}
		LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
		return !hasKey;
	}

	private boolean isToldTheEnd(InputStream body, Life life) throws IOException {
		if (this.streamed) {
			try (EventStream events = new EventStream(body, this.reader, session(), life.number())) {
				return isSeenToTheEnd(events);
			}
		}
		JsonNode answer = JSON.readTree(body.readAllBytes());
		this.recorder
			.add(new Answered(this.plan.label(), answer.path("turn").asString(""), answer.path("answer").asString("")));
		return true;
	}

	private boolean isSeenToTheEnd(EventStream events) throws IOException {
		int cut = this.recorder.cuts().next(this.random, 40);
		for (int i = 0; i < cut; i++) {
			Seen event = events.next();
			if (event == null) {
				this.recorder.remark("%s has no end after %d", this.reader, this.last);
				return false;
			}
			this.recorder.add(event);
			if (event.type().equals("disconnected")) {
				return false;
			}
			this.last = Math.max(this.last, event.id());
			if (this.turn == null && event.type().equals("turn-started")) {
				this.turn = event.text("turn");
			}
			if (event.isEnd() && isMine(event)) {
				return true;
			}
		}
		return false;
	}

	private boolean isMine(Seen end) {
		return Plan.labelOf(end.text("answer")).equals(this.plan.label())
				|| (!end.isCompletion() && end.text("turn").equals(this.turn));
	}

	private String session() {
		return Plan.sessionOf(this.plan.label());
	}

}
