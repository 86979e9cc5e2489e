package io.switchboard.benchmarks.pekko;

import java.time.Duration;
import java.util.concurrent.Executor;

import io.switchboard.benchmarks.works.Abort;
import io.switchboard.benchmarks.works.Client;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * Asks one actor again and again, the next time when it was answered.
 */
final class CallingClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final Client client;

	private final ActorRef<Message> server;

	private final Scheduler scheduler;

	private final Executor executor;

	CallingClient(Client client, ActorRef<Message> server, ActorSystem<Void> system) {
		this.client = client;
		this.server = server;
		this.scheduler = system.scheduler();
		this.executor = system.executionContext();
	}

	void ask() {
		this.client.asking();
		// named, as the default executor starts a thread for each answer where there is
		// a single processor to spare
		AskPattern.ask(this.server, Message.Ping::new, TIMEOUT, this.scheduler)
			.whenCompleteAsync((id, failure) -> answered(failure), this.executor);
	}

	private void answered(Throwable failure) {
		if (failure != null) {
			Abort.because(failure);
		}
		else if (this.client.answered()) {
			ask();
		}
	}

}
