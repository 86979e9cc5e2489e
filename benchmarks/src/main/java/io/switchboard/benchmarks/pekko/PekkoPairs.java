package io.switchboard.benchmarks.pekko;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.switchboard.benchmarks.measurement.Samples;
import io.switchboard.benchmarks.works.Client;
import io.switchboard.benchmarks.works.Pairs;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Actors that are asked, in one of two ways.
 */
final class PekkoPairs implements Pairs {

	private final Actors actors;

	private final List<ActorRef<Message>> servers;

	private final boolean call;

	private int round;

	PekkoPairs(Actors actors, int pairs, boolean call) {
		this.actors = actors;
		this.servers = actors.plainActors(pairs);
		this.call = call;
	}

	@Override
	public Runnable clients(int asks, Samples[] latencies, CountDownLatch done) {
		List<Client> clients = IntStream.range(0, this.servers.size())
			.mapToObj((i) -> new Client(asks, latencies[i], done))
			.toList();
		return this.call ? calling(clients) : telling(clients);
	}

	private Runnable calling(List<Client> clients) {
		List<CallingClient> callers = IntStream.range(0, clients.size())
			.mapToObj((i) -> new CallingClient(clients.get(i), this.servers.get(i), this.actors.system()))
			.toList();
		return () -> callers.forEach(CallingClient::ask);
	}

	private Runnable telling(List<Client> clients) {
		List<ActorRef<Object>> tellers = this.actors.spawn(clients.size(), "client-" + this.round++ + "-",
				(i) -> TellingClient.of(this.servers.get(i), clients.get(i)));
		return () -> tellers.forEach((teller) -> teller.tell(Go.GO));
	}

}
