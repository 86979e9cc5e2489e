package io.switchboard.benchmarks.switchboard;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.mailbox.OverflowPolicy;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.SupervisorRef;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.SupervisorSpec;
import org.jspecify.annotations.Nullable;

/**
 * A running tree: dynamic supervisors among which the agents are divided.
 */
final class Tree {

	/**
	 * Restarts are what some works are about.
	 */
	static final RestartIntensity PLENTY = new RestartIntensity(Integer.MAX_VALUE, Duration.ofSeconds(1));

	/**
	 * Producers do not wait for anybody here, and no message may be lost.
	 */
	static final MailboxSpec ROOMY = new MailboxSpec(Integer.MAX_VALUE, OverflowPolicy.REJECT);

	/**
	 * Starts of one supervisor at a time.
	 */
	private static final int IN_FLIGHT = 16;

	private final List<AgentPath> supervisors;

	private final AgentSystem system;

	Tree(int parts) {
		this.supervisors = IntStream.range(0, parts).mapToObj((part) -> AgentPath.of("/sup-" + part)).toList();
		SupervisorSpec.Builder root = SupervisorSpec.builder("root").intensity(PLENTY);
		for (AgentPath supervisor : this.supervisors) {
			root.child(DynamicSupervisorSpec.builder(supervisor.name()).intensity(PLENTY).build());
		}
		this.system = AgentSystem.builder(root.build()).build();
		this.system.start().block();
	}

	/**
	 * Start agents, and wait until all are up.
	 * @param agents how many
	 * @param spec specifies each
	 */
	void start(int agents, IntFunction<AgentSpec<?>> spec) {
		int lines = this.supervisors.size() * IN_FLIGHT;
		CountDownLatch done = new CountDownLatch(lines);
		AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
		for (int line = 0; line < lines; line++) {
			SupervisorRef supervisor = this.system.supervisor(this.supervisors.get(line % this.supervisors.size()));
			new Starts(supervisor, spec, new Starts.Numbers(line, agents, lines), done, failure).go();
		}
		await(done);
		if (failure.get() != null) {
			throw new IllegalStateException("An agent did not start", failure.get());
		}
	}

	private static void await(CountDownLatch done) {
		try {
			done.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Somebody wants the work to end", ex);
		}
	}

	/**
	 * Address an agent.
	 * @param number its number
	 * @param id its name
	 * @param type what it understands
	 * @param <M> what it understands
	 * @return the reference
	 */
	<M> AgentRef<M> agent(int number, String id, Class<M> type) {
		AgentPath supervisor = this.supervisors.get(number % this.supervisors.size());
		return this.system.agent(supervisor.child(id), type);
	}

	/**
	 * Start plain agents and address them.
	 * @param agents how many
	 * @return their references, in order
	 */
	List<AgentRef<Message>> plainAgents(int agents) {
		start(agents, PlainAgents::roomy);
		return IntStream.range(0, agents).mapToObj((i) -> agent(i, PlainAgents.id(i), Message.class)).toList();
	}

}
