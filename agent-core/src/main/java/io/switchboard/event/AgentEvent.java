package io.switchboard.event;

import java.time.Duration;
import java.time.Instant;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.SendResult;
import io.switchboard.report.CrashReport;
import io.switchboard.supervision.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a node of the tree.
 * <p>
 * The set is closed, so a consumer can handle all of it. Events carry names, numbers and
 * reasons, never the content of messages; an exception inside a reason may still quote
 * some, so sanitise before showing it.
 *
 * @since 0.1.0
 */
public sealed interface AgentEvent {

	/**
	 * The node it happened to.
	 * @return the path
	 */
	AgentPath path();

	/**
	 * When it happened, by the runtime's clock.
	 * @return the time
	 */
	Instant at();

	/**
	 * A node is up for the first time, or again after it had been stopped.
	 *
	 * @param path the node
	 * @param type what it is
	 * @param incarnation its new life
	 * @param at when
	 */
	record Started(AgentPath path, NodeType type, long incarnation, Instant at) implements AgentEvent {
	}

	/**
	 * A node is up again because its supervisor restarted it.
	 *
	 * @param path the node
	 * @param type what it is
	 * @param incarnation its new life
	 * @param reason why the life before ended; {@code shutdown} if a sibling's restart
	 * took it along
	 * @param restarts its restarts since it was first started, this one included
	 * @param at when
	 */
	record Restarted(AgentPath path, NodeType type, long incarnation, ExitReason reason, long restarts,
			Instant at) implements AgentEvent {
	}

	/**
	 * A start declined without failing; the node stays down.
	 *
	 * @param path the node
	 * @param incarnation the life that was not to be
	 * @param at when
	 */
	record StartIgnored(AgentPath path, long incarnation, Instant at) implements AgentEvent {
	}

	/**
	 * A start failed.
	 *
	 * @param path the node
	 * @param incarnation the life that was not to be
	 * @param reason what went wrong
	 * @param at when
	 */
	record StartFailed(AgentPath path, long incarnation, ExitReason reason, Instant at) implements AgentEvent {
	}

	/**
	 * An incarnation ended.
	 *
	 * @param path the node
	 * @param type what it is
	 * @param incarnation the life that ended
	 * @param reason why it ended
	 * @param at when
	 */
	record Exited(AgentPath path, NodeType type, long incarnation, ExitReason reason,
			Instant at) implements AgentEvent {
	}

	/**
	 * A report was written, right after the {@link Exited}, {@link StartFailed} or
	 * {@link RestartBudgetSpent} that it is about. Those say what happened, this is the
	 * evidence, for people.
	 *
	 * @param report the report, which says no more than the
	 * {@link io.switchboard.report.Sanitizer} allows
	 */
	record CrashReported(CrashReport report) implements AgentEvent {

		@Override
		public AgentPath path() {
			return this.report.path();
		}

		@Override
		public Instant at() {
			return this.report.at();
		}

	}

	/**
	 * A node is gone for good, or until somebody starts it by hand.
	 *
	 * @param path the node
	 * @param type what it is
	 * @param reason why its last life ended
	 * @param at when
	 */
	record Stopped(AgentPath path, NodeType type, ExitReason reason, Instant at) implements AgentEvent {
	}

	/**
	 * A node is down and will be restarted after a wait, as its supervisor slows restarts
	 * down.
	 *
	 * @param path the node
	 * @param type what it is
	 * @param reason why it is down
	 * @param until when the wait ends
	 * @param at when
	 */
	record RestartDelayed(AgentPath path, NodeType type, ExitReason reason, Instant until,
			Instant at) implements AgentEvent {
	}

	/**
	 * A node stays down until somebody restarts it by hand: the restart budget is spent
	 * and its supervisor is to live on, or a restart by hand has failed.
	 *
	 * @param path the node
	 * @param type what it is
	 * @param reason why its last life ended
	 * @param at when
	 */
	record RestartPaused(AgentPath path, NodeType type, ExitReason reason, Instant at) implements AgentEvent {
	}

	/**
	 * Somebody did something to a node by hand, or tried to.
	 *
	 * @param path the node
	 * @param action what was to be done, such as {@code restart}
	 * @param operator who asked for it, or {@code null} if that is not known
	 * @param outcome {@code done}, or in a word why not, such as {@code not-found}
	 * @param at when
	 */
	record Operated(AgentPath path, String action, @Nullable String operator, String outcome,
			Instant at) implements AgentEvent {
	}

	/**
	 * A running supervisor was given another specification.
	 *
	 * @param path the supervisor
	 * @param at when
	 */
	record Reconfigured(AgentPath path, Instant at) implements AgentEvent {
	}

	/**
	 * A supervisor has spent its restart budget on a child and gives up: on itself, or on
	 * that child alone if its budget is counted per child, or on whom it would have
	 * restarted if it is to live on.
	 *
	 * @param path the supervisor
	 * @param child the child whose restart was refused
	 * @param reason why the child had ended
	 * @param maxRestarts restarts allowed
	 * @param within the period they are allowed in
	 * @param at when
	 */
	record RestartBudgetSpent(AgentPath path, AgentPath child, ExitReason reason, int maxRestarts, Duration within,
			Instant at) implements AgentEvent {
	}

	/**
	 * A node did not stop in time and is killed.
	 *
	 * @param path the node
	 * @param incarnation the life that would not end
	 * @param limit how long it had
	 * @param at when
	 */
	record ShutdownTimedOut(AgentPath path, long incarnation, Duration limit, Instant at) implements AgentEvent {
	}

	/**
	 * An incarnation that was ended by force still holds a thread. Nothing it does
	 * reaches anyone, but the thread is lost until its code returns.
	 *
	 * @param path the node
	 * @param incarnation the life that was ended
	 * @param reason why it was ended
	 * @param at when
	 */
	record WorkAbandoned(AgentPath path, long incarnation, ExitReason reason, Instant at) implements AgentEvent {
	}

	/**
	 * Abandoned work has returned; its thread is free again.
	 *
	 * @param path the node
	 * @param incarnation the life that had been killed
	 * @param at when
	 */
	record AbandonedWorkReturned(AgentPath path, long incarnation, Instant at) implements AgentEvent {
	}

	/**
	 * An agent has kept a worker to itself for long. Another worker takes its place, so
	 * the other agents go on; told once for each time.
	 *
	 * @param path the agent
	 * @param incarnation its life
	 * @param since for how long
	 * @param at when
	 */
	record WorkerHeld(AgentPath path, long incarnation, Duration since, Instant at) implements AgentEvent {
	}

	/**
	 * An agent that had kept a worker to itself for long has let it go.
	 *
	 * @param path the agent
	 * @param incarnation its life
	 * @param after for how long it had kept it
	 * @param at when
	 */
	record WorkerReleased(AgentPath path, long incarnation, Duration after, Instant at) implements AgentEvent {
	}

	/**
	 * An agent has used most of something that is limited, by what it says itself.
	 *
	 * @param path the agent
	 * @param incarnation its life
	 * @param limit what is limited, such as {@code tokens}
	 * @param used how much of it is used, where 1 is all
	 * @param at when
	 */
	record LimitNear(AgentPath path, long incarnation, String limit, double used, Instant at) implements AgentEvent {
	}

	/**
	 * A message reached nobody.
	 *
	 * @param path where it was sent
	 * @param messageType the class of the message
	 * @param result why it was not taken; {@link SendResult#ACCEPTED} if it was taken but
	 * the node stopped, or dropped it for a newer one, before it was handled
	 * @param at when
	 */
	record DeadLetter(AgentPath path, Class<?> messageType, SendResult result, Instant at) implements AgentEvent {
	}

	/**
	 * Something from an incarnation that had ended already was kept from the one that
	 * lives now.
	 *
	 * @param path the node
	 * @param incarnation the life it came from
	 * @param what what it was, such as {@code reply}, {@code timer} or {@code message}
	 * @param at when
	 */
	record StaleDropped(AgentPath path, long incarnation, String what, Instant at) implements AgentEvent {
	}

	/**
	 * A name was registered for an agent.
	 *
	 * @param path the agent
	 * @param name the name
	 * @param at when
	 */
	record NameRegistered(AgentPath path, Object name, Instant at) implements AgentEvent {
	}

	/**
	 * A name is free again, because its agent gave it up or ended.
	 *
	 * @param path the agent that had it
	 * @param name the name
	 * @param at when
	 */
	record NameReleased(AgentPath path, Object name, Instant at) implements AgentEvent {
	}

	/**
	 * A message to a topic was dropped for a subscriber of the application that did not
	 * keep up. Agents that do not keep up show as {@link DeadLetter}s.
	 *
	 * @param path the root; such a subscriber lives nowhere in the tree
	 * @param topic the topic
	 * @param messageType the class of the message
	 * @param at when
	 */
	record TopicMessageDropped(AgentPath path, String topic, Class<?> messageType, Instant at) implements AgentEvent {
	}

}
