package io.switchboard.benchmarks.pekko;

import io.switchboard.benchmarks.works.Client;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * An actor that tells another one what it wants to know, and where: each answer is a
 * message of its own.
 */
final class TellingClient {

	private TellingClient() {
	}

	static Behavior<Object> of(ActorRef<Message> server, Client client) {
		return Behaviors.setup((context) -> {
			Message.Ping ping = new Message.Ping(context.getSelf().narrow());
			return Behaviors.receiveMessage((message) -> {
				if (message != Go.GO && !client.answered()) {
					return Behaviors.stopped();
				}
				client.asking();
				server.tell(ping);
				return Behaviors.same();
			});
		});
	}

}
