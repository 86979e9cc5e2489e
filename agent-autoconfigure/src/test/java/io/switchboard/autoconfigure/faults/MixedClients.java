package io.switchboard.autoconfigure.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.MessageRejectedException;
import io.switchboard.ai.turn.ToolCall;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that ask one turn after the other, some of them two at a time, hear it out or
 * leave by chance, and look at what they are told.
 */
final class MixedClients {

	static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final int SESSIONS = 30;

	/**
	 * More than a conversation keeps.
	 */
	private static final int KNOWN = 50;

	private final MixedAgents agents;

	private final Stops stops;

	private final Complaints complaints;

	private final long seed;

	private final Tally counts = new Tally();

	private final Map<AgentPath, Latest<String, String>> answers = new ConcurrentHashMap<>();

	MixedClients(MixedAgents agents, Stops stops, Complaints complaints, long seed) {
		this.agents = agents;
		this.stops = stops;
		this.complaints = complaints;
		this.seed = seed;
	}

	static List<AgentPath> sessions() {
		return Stream.iterate(0, (session) -> session < SESSIONS, (session) -> session + 1)
			.map(MixedClients::session)
			.toList();
	}

	private static AgentPath session(int number) {
		return MixedAgents.DESKS.get(number % MixedAgents.DESKS.size()).child("s" + number);
	}

	/**
	 * What the clients have seen.
	 * @return the numbers by kind
	 */
	Tally counts() {
		return this.counts;
	}

	/**
	 * Ask.
	 * @param duration for how long
	 * @return completes when the last turn has ended
	 */
	Mono<Void> ask(Duration duration) {
		long until = System.nanoTime() + duration.toNanos();
		List<Mono<Void>> clients = new ArrayList<>();
		for (int session = 0; session < SESSIONS; session++) {
			AtomicInteger turns = new AtomicInteger();
			clients.add(client(session, 0, turns, until));
			if (session % 5 == 0) {
				clients.add(client(session, 1, turns, until));
			}
		}
		return Flux.merge(Flux.fromIterable(clients), clients.size()).then();
	}

	private Mono<Void> client(int session, int client, AtomicInteger turns, long until) {
		Random random = new Random(this.seed + session + client * 1_000L);
		return Mono.defer(() -> turn(session(session), "s%d-t%d".formatted(session, turns.incrementAndGet()), random))
			.repeat(() -> System.nanoTime() - until < 0)
			.then();
	}

	private Mono<Void> turn(AgentPath path, String id, Random random) {
		TurnCheck check = this.complaints.begin(id);
		TurnRequest request = new TurnRequest(id, "This is " + id);
		AgentRef<TurnRequest> agent = this.agents.system().agent(path, TurnRequest.class);
		int dice = random.nextInt(100);
		boolean streamed = dice >= 15;
		boolean whole = dice < 85;
		int stopped = this.stops.count(path);
		Flux<TurnEvent> events = streamed ? agent.stream(request, TurnEvent.class).timeout(PATIENCE)
				: agent.ask(request, TurnEvent.class, PATIENCE).flux();
		// What a client sends from the thread of a life that is killed just then is
		// taken for that life's
		events = events.publishOn(Schedulers.parallel()).doOnNext((event) -> {
			this.stops.serves(path, stopped);
			check.see(event);
			seen(path, event);
		});
		if (!whole) {
			Duration soon = Duration.ofMillis(random.nextInt(200));
			events = (dice >= 93) ? events.take(1 + random.nextInt(8)) : events.takeUntilOther(Mono.delay(soon));
		}
		return events.then(Mono.<Void>fromRunnable(() -> {
			this.counts.count(whole ? "turns" : "turns left");
			(streamed ? check.complaints(id, whole) : check.complaintsOfAsker())
				.forEach((complaint) -> this.complaints.add(id, complaint));
		})).onErrorResume((ex) -> {
			if (isStopped(ex) && !this.stops.isQuiet(path, stopped)) {
				this.counts.count("turns stopped");
				check.complaints(id, false).forEach((complaint) -> this.complaints.add(id, complaint));
			}
			else {
				this.complaints.add(id, "fails: %s; it waits for %s, and is %s".formatted(ex,
						this.agents.approvals().waiting(path), this.agents.system().node(path)));
			}
			return Mono.empty();
		});
	}

	private static boolean isStopped(Throwable ex) {
		return ex instanceof AgentExitedException || ex instanceof MessageRejectedException;
	}

	private void seen(AgentPath agent, TurnEvent event) {
		if (event instanceof ToolCall) {
			this.counts.count("tool calls seen");
		}
		if (event.last()) {
			this.counts.count(event.type());
		}
		if (event instanceof TurnCompleted completed) {
			this.answers.computeIfAbsent(agent, (path) -> new Latest<>(KNOWN))
				.put("This is " + event.turn(), completed.answer());
		}
	}

	/**
	 * Whoever was told an answer finds it in the conversation, once, or not at all where
	 * the conversation was shortened.
	 */
	void assertThatWhatWasSaidIsKeptOnce() {
		for (AgentPath agent : sessions()) {
			List<Message> said = Stream.ofNullable(this.agents.conversations().transcript(agent).block(PATIENCE))
				.flatMap(List::stream)
				.toList();
			Latest<String, String> known = this.answers.getOrDefault(agent, new Latest<>(0));
			List<String> asked = new ArrayList<>();
			for (int i = 0; i < said.size(); i++) {
				assertThat(said.get(i).getMessageType()).as("%s with the seed %d: %s", agent, this.seed, said)
					.isEqualTo((i % 2 == 0) ? MessageType.USER : MessageType.ASSISTANT);
				String text = said.get(i).getText();
				if (i % 2 == 0) {
					asked.add(text);
				}
				else {
					assertThat(Objects.requireNonNullElse(known.get(asked.get(asked.size() - 1)), text))
						.as("%s with the seed %d: %s", agent, this.seed, said)
						.isEqualTo(text);
				}
			}
			assertThat(asked).as("%s with the seed %d", agent, this.seed).doesNotHaveDuplicates();
		}
	}

}
