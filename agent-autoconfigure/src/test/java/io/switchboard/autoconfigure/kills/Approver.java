package io.switchboard.autoconfigure.kills;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A person who agrees to everything, and does so again after a start as long as nothing
 * came of it.
 */
final class Approver implements Runnable {

	/**
	 * What is asked and was not agreed to.
	 */
	private final Set<Seen> waiting = ConcurrentHashMap.newKeySet();

	private final KillableServer server;

	Approver(KillableServer server) {
		this.server = server;
	}

	/**
	 * Somebody is asked.
	 * @param event the event that says so
	 */
	void ask(Seen event) {
		this.waiting.add(event);
	}

	/**
	 * Something came of it.
	 * @param event the result of a tool
	 */
	void answered(Seen event) {
		this.waiting.removeIf((asked) -> asked.text("turn").equals(event.text("turn"))
				&& asked.text("call").equals(event.text("call")));
	}

	@Override
	public void run() {
		try {
			while (!Thread.currentThread().isInterrupted()) {
				for (Seen asked : this.waiting) {
					approve(asked);
				}
				LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void approve(Seen asked) throws InterruptedException {
		Life life = this.server.await(0);
		try {
			HttpResponse<InputStream> response = life.post(
					"/%s/turns/%s/approvals/%s".formatted(asked.session(), asked.text("turn"), asked.text("call")),
					Map.of(), Map.of("decision", "approve"));
			response.body().readAllBytes();
			// Whoever was told 204 need not say it again, whatever happens
			if (response.statusCode() == 204) {
				this.waiting.remove(asked);
			}
		}
		catch (IOException ex) {
			// Was killed: try again in the next life
		}
	}

	@Override
	public String toString() {
		return "waiting for approval: " + this.waiting;
	}

}
