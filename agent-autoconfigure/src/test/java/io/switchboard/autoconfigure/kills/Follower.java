package io.switchboard.autoconfigure.kills;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * Reads all events of a session up to the end of its last turn.
 */
final class Follower implements Callable<@Nullable Void> {

	private final KillableServer server;

	private final Recorder recorder;

	private final Approver approver;

	private final Plan until;

	private final Random random;

	private long last;

	/**
	 * Make a reader.
	 * @param server who is read
	 * @param recorder who is told
	 * @param approver who agrees
	 * @param until the last turn
	 * @param random decides when to hang up
	 */
	Follower(KillableServer server, Recorder recorder, Approver approver, Plan until, Random random) {
		this.server = server;
		this.recorder = recorder;
		this.approver = approver;
		this.until = until;
		this.random = random;
	}

	@Override
	public @Nullable Void call() throws InterruptedException {
		int over = 0;
		while (true) {
			Life life = this.server.await(over);
			try {
				if (isReadToTheEnd(life)) {
					return null;
				}
			}
			catch (IOException ex) {
				over = life.number();
			}
		}
	}

	private boolean isReadToTheEnd(Life life) throws IOException, InterruptedException {
		String session = Plan.sessionOf(this.until.label());
		HttpResponse<InputStream> response = life.get("/%s/events".formatted(session),
				Map.of("Accept", "text/event-stream", "Last-Event-ID", Long.toString(this.last)));
		int cut = this.recorder.cuts().next(this.random, 100);
		try (EventStream events = new EventStream(response.body(), ReadersCheck.FOLLOWER, session, life.number())) {
			for (int i = 0; i < cut; i++) {
				Seen event = events.next();
				if (event == null) {
					this.recorder.remark("The events of %s end after %d", session, this.last);
					return false;
				}
				this.recorder.add(event);
				this.last = Math.max(this.last, event.id());
				if (event.type().equals("awaiting-approval")) {
					this.approver.ask(event);
				}
				else if (event.type().equals("tool-result")) {
					this.approver.answered(event);
				}
				else if (event.type().equals("disconnected")) {
					return false;
				}
				else if (event.isEnd() && Plan.labelOf(event.text("answer")).equals(this.until.label())) {
					return true;
				}
			}
		}
		return false;
	}

}
