package io.switchboard;

import java.time.Duration;
import java.util.function.Function;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What an incarnation sees of the runtime.
 * <p>
 * A context belongs to one incarnation and dies with it: what an old context schedules or
 * sends to itself later is dropped and counted. Do not hand it to other agents; give them
 * {@link #self()}.
 *
 * @param <M> the type of message the agent takes
 * @since 0.1.0
 */
public interface AgentContext<M> {

	/**
	 * Where this agent lives.
	 * @return the path
	 */
	AgentPath path();

	/**
	 * The number of this life at its path, from one upwards.
	 * @return the incarnation
	 */
	long incarnation();

	/**
	 * This agent's own address, to be given to others.
	 * @return the reference; it stays good over restarts
	 */
	AgentRef<M> self();

	/**
	 * Another agent's address.
	 * @param path its path
	 * @param <T> the type of message it takes; not checked here, but when a message is
	 * sent
	 * @return the reference, also if nothing lives there now
	 */
	<T> AgentRef<T> agent(AgentPath path);

	/**
	 * Run pieces of work that have a life of their own, such as calls to tools. A task
	 * that fails does no harm to this agent; one that is subscribed to within a handler's
	 * publisher ends with it.
	 * @param supervisor the dynamic supervisor that is there for them
	 * @return the tasks, also if nothing lives there now
	 */
	Tasks tasks(AgentPath supervisor);

	/**
	 * Run pieces of work that make no sense without this life. A task ends with it,
	 * whatever its end; and if a task fails, this life ends with the same reason, as if
	 * it had {@linkplain #link linked} itself to the task, so an agent with an
	 * {@code onLinkedExit} is told instead. A task that is cancelled or takes too long
	 * does no harm.
	 * @param supervisor the dynamic supervisor that is there for them
	 * @return the tasks, also if nothing lives there now
	 */
	Tasks linkedTasks(AgentPath supervisor);

	/**
	 * The runtime's executor and clock. Use it for operators that need a time or a
	 * thread, so that tests can turn the clock.
	 * @return the scheduler
	 */
	Scheduler scheduler();

	/**
	 * Where work that blocks its thread belongs, apart from the agents' own workers.
	 * @return the scheduler
	 */
	Scheduler blockingScheduler();

	/**
	 * Send a message to this agent after a while. The timer ends with the incarnation.
	 * Without a delay the message is in the mailbox at once, behind what waits there.
	 * @param delay how long to wait; nothing, or what has passed already, is no delay
	 * @param message the message
	 * @return disposes the timer; a message that is already in the mailbox stays there
	 */
	Disposable sendAfter(Duration delay, M message);

	/**
	 * Send a message to this agent when it has had nothing to do for a while after the
	 * current message. Any other message cancels it; looking at the agent from outside
	 * does not. A later call replaces it.
	 * @param delay how long to be idle; zero comes before all that waits
	 * @param message the message
	 */
	void sendWhenIdle(Duration delay, M message);

	/**
	 * Put the current message aside, to be handled again after {@link #unstashAll()} or
	 * by the next incarnation. Its asker goes on waiting; what the handler returns for it
	 * now is not an answer. For phases in which some messages come too early.
	 * @throws IllegalStateException if no message is being handled, or as many messages
	 * are put aside as the mailbox may hold
	 */
	void stash();

	/**
	 * Let all messages that were put aside be handled next, in the order they came.
	 */
	void unstashAll();

	/**
	 * Answer the current message later than its handler ends, so that other messages can
	 * be handled meanwhile. What the handler returns is then no answer.
	 * @return gives the answer
	 * @throws IllegalStateException if no message is being handled
	 */
	Reply deferReply();

	/**
	 * Watch the life that is at a path now, an agent's or a supervisor's, also one that
	 * is just starting. When it ends, whatever the reason, this agent gets one notice, as
	 * a message of its own. If nothing lives there now, because nothing ever did, it was
	 * stopped, or it is between two lives, the notice comes at once, with
	 * {@link ExitReason#noProcess()}.
	 * <p>
	 * A monitor works one way, and each gives exactly one notice: watching twice means
	 * being told twice. A notice comes after all that the dead had sent to this agent. It
	 * takes no room in the mailbox, so a full one neither refuses nor drops it. Monitors
	 * end with the life that made them, and so do their notices.
	 * <p>
	 * A restart ends the life that was watched: watch again to hear of the next one. A
	 * watcher that is told before that next life begins finds nobody then.
	 * @param node the path to look at
	 * @param message makes a message that this agent takes of the notice. It runs when
	 * the message is handled, and so may use this agent's state; an exception ends this
	 * incarnation
	 * @return the watch, to be cancelled
	 */
	Monitor monitor(AgentPath node, Function<Terminated, ? extends M> message);

	/**
	 * Tie this life to the one that is at a path now: neither survives the other, unless
	 * that ends with {@link ExitReason#normal()}. For pairs that make no sense alone; you
	 * probably want {@link #monitor}.
	 * <p>
	 * There is one link between two lives, whoever made it and however often. When one
	 * ends, the other ends with the same reason, without waiting for the message in hand:
	 * its handler is cut off, its asker is told, {@link Behaviour#onStop} runs, also if
	 * the reason is {@link ExitReason#killed()}, and all of that is bounded by the
	 * agent's shutdown time, after which it is killed. A life that is just starting fails
	 * to start. What follows is its supervisor's decision, as for any other end.
	 * <p>
	 * An agent whose specification has an {@code onLinkedExit} is told of its partners'
	 * ends instead, of normal ones, too. A supervisor as partner does not care about this
	 * agent's end, but this agent does about the supervisor's.
	 * <p>
	 * If nothing lives at the path now, this agent is ended, or told, with
	 * {@link ExitReason#noProcess()}, as if the other had ended just after the call.
	 * @param node the partner's path; this agent's own has no effect
	 */
	void link(AgentPath node);

	/**
	 * Take the link to a node away again. From now on neither is touched by the other's
	 * end, even if that has happened already and this agent has not been ended or told
	 * yet. Does nothing if there is no link.
	 * @param node the partner's path
	 */
	void unlink(AgentPath node);

	/**
	 * Stop with reason {@link ExitReason#normal()} once the current message is handled.
	 */
	default void stop() {
		stop(ExitReason.normal());
	}

	/**
	 * Stop once the current message is handled. Whether the agent comes back is the
	 * supervisor's decision. Within {@link Behaviour#onStart} the start fails with this
	 * reason.
	 * @param reason why it stops
	 */
	void stop(ExitReason reason);

	/**
	 * Say something to whoever starts this agent by hand, such as a port it listens on:
	 * it is handed over with the answer to that call. Works only within
	 * {@link Behaviour#onStart}; the latest call counts. Supervisors ignore it, so nobody
	 * hears it of an automatic start.
	 * @param info what to hand over
	 * @throws IllegalStateException if the start is over
	 */
	void startInfo(Object info);

	/**
	 * Whether whoever the current message's answer is for has left it, as one does who
	 * cancels a stream. For the cleanup of a publisher that is cancelled: it is then that
	 * nobody wants the work any more, and not that this life was cut off, after which the
	 * next one may go on with it.
	 * @return {@code true} if so; {@code false} also if no message is in hand
	 */
	boolean isCancelled();

	/**
	 * Let operators know that something this agent may use only so much of is nearly used
	 * up. It becomes an event, and nothing else.
	 * @param limit what is limited, in a word that is always the same, such as
	 * {@code tokens}
	 * @param used how much of it is used, where 1 is all
	 */
	void limitNear(String limit, double used);

	/**
	 * Let operators see in the tree what this agent is at with the message in hand, until
	 * that is handled or the activity is {@linkplain #hideActivity hidden}. It takes the
	 * place of one of the same name. When the message comes again in the next life,
	 * nothing is shown of this one. Without a message in hand, and after this life, it
	 * does nothing.
	 * @param activity what to show
	 * @throws IllegalStateException if eight others are shown already
	 */
	void showActivity(Activity activity);

	/**
	 * Do not show an activity any more. Does nothing if it is not shown.
	 * @param name its name
	 */
	void hideActivity(String name);

	/**
	 * To be returned from {@link Behaviour#onStart}: decline this start without failing
	 * it. The supervisor goes on without this child.
	 * @return the publisher to return
	 */
	Mono<Void> ignoreStart();

}
