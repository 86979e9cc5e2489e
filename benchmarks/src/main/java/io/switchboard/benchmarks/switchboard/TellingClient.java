package io.switchboard.benchmarks.switchboard;

import io.switchboard.AgentContext;
import io.switchboard.AgentRef;
import io.switchboard.Behaviour;
import io.switchboard.benchmarks.works.Client;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * An agent that tells another one what it wants to know, and where: each answer is a
 * message of its own.
 */
final class TellingClient implements Behaviour<Object> {

	private final AgentRef<Message> server;

	private @Nullable Client client;

	TellingClient(AgentRef<Message> server) {
		this.server = server;
	}

	@Override
	public Publisher<?> onMessage(Object message, AgentContext<Object> context) {
		if (message instanceof Client begun) {
			this.client = begun;
			ask(begun, context);
		}
		else if (this.client != null && this.client.answered()) {
			ask(this.client, context);
		}
		return Mono.empty();
	}

	private void ask(Client asking, AgentContext<Object> context) {
		asking.asking();
		Sending.accepted(this.server.tell(new Message.PingFrom(context.self())));
	}

}
