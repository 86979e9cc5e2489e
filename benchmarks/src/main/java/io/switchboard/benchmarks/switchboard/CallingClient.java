package io.switchboard.benchmarks.switchboard;

import io.switchboard.AgentContext;
import io.switchboard.AgentRef;
import io.switchboard.Behaviour;
import io.switchboard.benchmarks.works.Client;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * An agent that asks another one again and again while it handles one message.
 */
final class CallingClient implements Behaviour<Client> {

	private final AgentRef<Message> server;

	CallingClient(AgentRef<Message> server) {
		this.server = server;
	}

	@Override
	public Publisher<?> onMessage(Client client, AgentContext<Client> context) {
		boolean[] again = { true };
		return Mono.defer(() -> {
			client.asking();
			return this.server.ask(Message.Ping.PING, Integer.class);
		}).doOnNext((id) -> again[0] = client.answered()).repeat(() -> again[0]).then();
	}

}
