package io.switchboard.benchmarks.pekko;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

import io.switchboard.benchmarks.works.AgentState;
import io.switchboard.benchmarks.works.Computation;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * An actor with a little state, restarted when it fails.
 */
final class PlainActor extends AbstractBehavior<Message> {

	private final Map<String, Object> state;

	private int left;

	private @Nullable CountDownLatch done;

	private PlainActor(ActorContext<Message> context, int id) {
		super(context);
		this.state = AgentState.of(id);
	}

	/**
	 * Describe an actor.
	 * @param id its number
	 * @param started told when it is up
	 * @return what to spawn
	 */
	static Behavior<Message> supervised(int id, CountDownLatch started) {
		Behavior<Message> plain = Behaviors.setup((context) -> {
			PlainActor actor = new PlainActor(context, id);
			started.countDown();
			return actor;
		});
		return Behaviors.supervise(plain)
			.onFailure(RuntimeException.class, SupervisorStrategy.restart().withLoggingEnabled(false));
	}

	@Override
	public Receive<Message> createReceive() {
		return newReceiveBuilder().onMessage(Message.Ping.class, this::ping)
			.onMessage(Message.Ask.class, this::ask)
			.onMessageEquals(Message.Tick.TICK, this::tick)
			.onMessage(Message.Count.class, this::count)
			.onMessageEquals(Message.Crash.CRASH, this::crash)
			.onMessage(Message.Hog.class, this::hog)
			.build();
	}

	private Behavior<Message> ping(Message.Ping ping) {
		ping.replyTo().tell((Integer) Objects.requireNonNull(this.state.get("id"), "every actor has a number"));
		return this;
	}

	private Behavior<Message> ask(Message.Ask ask) {
		ask.replyTo().tell(new Message.Reply(ask.due()));
		return this;
	}

	private Behavior<Message> crash() {
		throw new IllegalStateException("boom");
	}

	private Behavior<Message> hog(Message.Hog hog) {
		Computation.until(hog.until());
		return this;
	}

	private Behavior<Message> tick() {
		if (--this.left == 0) {
			Objects.requireNonNull(this.done, "ticks are announced").countDown();
		}
		return this;
	}

	private Behavior<Message> count(Message.Count count) {
		this.left = count.left();
		this.done = count.done();
		return this;
	}

}
