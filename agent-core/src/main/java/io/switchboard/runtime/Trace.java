package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.tree.TraceEntry;
import io.switchboard.tree.TraceKind;
import org.jspecify.annotations.Nullable;

/**
 * The latest that an agent did, as much as is to be kept. There is one only while the
 * agent is traced.
 */
final class Trace {

	static final int MAX_CAPACITY = 10_000;

	private final Object lock = new Object();

	private final DefaultAgentSystem system;

	private final int capacity;

	private final Deque<TraceEntry> entries = new ArrayDeque<>();

	private long begunAt;

	Trace(DefaultAgentSystem system, int capacity) {
		this.system = system;
		this.capacity = capacity;
	}

	void life(TraceKind kind, Incarnation life) {
		add(kind, life, null, null, null);
	}

	void stale(Incarnation life, String what) {
		add(TraceKind.STALE, life, what, null, null);
	}

	void taken(Incarnation life, Envelope envelope) {
		synchronized (this.lock) {
			this.begunAt = this.system.nanos();
		}
		boolean own = envelope instanceof Reminder;
		add(own ? TraceKind.TIMER : TraceKind.MESSAGE, life, type(envelope), peer(envelope), null);
	}

	void settled(HandlerRun run, Envelope envelope) {
		Incarnation life = run.incarnation();
		if (run.error() != null) {
			add(TraceKind.CRASHED, life, type(envelope), peer(envelope), took());
			return;
		}
		if (run.hasFailedAsker()) {
			add(TraceKind.FAILED, life, type(envelope), peer(envelope), null);
		}
		else if (run.hasAnsweredAsker()) {
			answered(life, envelope);
		}
		add(TraceKind.HANDLED, life, type(envelope), peer(envelope), took());
	}

	void answered(Incarnation life, Envelope envelope) {
		add(TraceKind.ANSWERED, life, type(envelope), peer(envelope), null);
	}

	List<TraceEntry> entries() {
		synchronized (this.lock) {
			return List.copyOf(this.entries);
		}
	}

	private Duration took() {
		synchronized (this.lock) {
			return Duration.ofNanos(Math.max(0, this.system.nanos() - this.begunAt));
		}
	}

	private static String type(Envelope envelope) {
		return envelope.messageType().getName();
	}

	private static @Nullable AgentPath peer(Envelope envelope) {
		ReplyTarget target = envelope.replyTo();
		return (target != null) ? CallInHand.agentOf(target.context()) : null;
	}

	private void add(TraceKind kind, Incarnation life, @Nullable String type, @Nullable AgentPath peer,
			@Nullable Duration took) {
		TraceEntry entry = new TraceEntry(this.system.now(), kind, life.incarnation(), type, peer, took);
		synchronized (this.lock) {
			if (this.entries.size() == this.capacity) {
				this.entries.remove();
			}
			this.entries.add(entry);
		}
	}

}
