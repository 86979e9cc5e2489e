package io.switchboard.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import io.switchboard.ExitReason;
import io.switchboard.supervision.AutoShutdown;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.RestartBackoff;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.supervision.WhenBudgetSpent;
import org.jspecify.annotations.Nullable;

/**
 * OTP's supervisor written down the other way, to check {@link StaticSupervisor} against:
 * as straight code that waits for each start and stop, with lists, and no thought of
 * speed.
 */
final class NaiveSupervisor {

	final List<String> log = new ArrayList<>();

	private SupervisorSpec spec;

	private final BiFunction<String, Integer, String> gate;

	private final List<Slot> slots = new ArrayList<>();

	/**
	 * Those whose restart waits for its time, in the order in which they began to wait.
	 */
	private final List<Slot> sleepers = new ArrayList<>();

	private final List<Long> attempts = new ArrayList<>();

	private final Map<String, Integer> startCounts = new HashMap<>();

	/**
	 * Ends and retries that have arrived and were not looked at.
	 */
	private final Deque<Message> mailbox = new ArrayDeque<>();

	private long now;

	private boolean ended;

	NaiveSupervisor(SupervisorSpec spec, BiFunction<String, Integer, String> gate) {
		this.spec = spec;
		this.gate = gate;
		spec.children().forEach((child) -> this.slots.add(new Slot(child)));
	}

	void startup() {
		for (Slot slot : List.copyOf(this.slots)) {
			String outcome = start(slot);
			if (outcome.equals("fail")) {
				stopAll();
				this.log.add("start failed on " + slot.spec.id());
				this.ended = true;
				return;
			}
			if (outcome.equals("ignore") && slot.spec.restart() == Restart.TEMPORARY) {
				this.slots.remove(slot);
			}
		}
		this.log.add("started");
	}

	void advance(long nanos) {
		long end = this.now + nanos;
		while (true) {
			Slot first = null;
			for (Slot sleeper : this.sleepers) {
				if (sleeper.wakeAt <= end && (first == null || sleeper.wakeAt < first.wakeAt)) {
					first = sleeper;
				}
			}
			if (first == null || this.ended) {
				break;
			}
			this.sleepers.remove(first);
			this.now = first.wakeAt;
			attempt(first);
			readMail();
		}
		this.now = end;
	}

	void reconfigure(SupervisorSpec changed) {
		List<Slot> before = List.copyOf(this.slots);
		List<Slot> after = new ArrayList<>();
		for (ChildSpec child : changed.children()) {
			Slot slot = find(child.id());
			if (slot == null) {
				slot = new Slot(child);
			}
			slot.spec = child;
			after.add(slot);
		}
		before.stream().filter((slot) -> !after.contains(slot)).forEach(after::add);
		this.slots.clear();
		this.slots.addAll(after);
		this.spec = changed;
		this.log.add("reconfigured");
		this.log.add("reply ok");
	}

	boolean isUp(String id) {
		Slot slot = find(id);
		return !this.ended && slot != null && slot.up;
	}

	boolean isEnded() {
		return this.ended;
	}

	void end(List<String> ids, ExitReason reason) {
		for (String id : ids) {
			Slot slot = find(id);
			if (slot != null && slot.up) {
				slot.dead = true;
				this.mailbox.add(new Message(slot, reason));
			}
		}
		readMail();
	}

	private void readMail() {
		while (!this.mailbox.isEmpty() && !this.ended) {
			Message message = this.mailbox.remove();
			if (message.reason != null) {
				message.slot.dead = false;
				message.slot.up = false;
				ended(message.slot, message.reason);
			}
			else if (message.slot.retry && this.slots.contains(message.slot)) {
				attempt(message.slot);
			}
		}
	}

	void stop() {
		if (!this.ended) {
			stopAll();
			exit();
		}
	}

	String terminate(String id) {
		Slot slot = find(id);
		if (slot == null) {
			return "NOT_FOUND";
		}
		if (slot.up) {
			this.log.add("stop " + id);
			slot.up = false;
		}
		else if (slot.retry) {
			wake(slot);
			slot.restarting = false;
			if (this.slots.stream().noneMatch((other) -> other.retry)) {
				this.slots.forEach((other) -> other.restarting = false);
			}
		}
		if (slot.spec.restart() == Restart.TEMPORARY) {
			this.slots.remove(slot);
		}
		return "ok";
	}

	String restartChild(String id) {
		Slot slot = find(id);
		if (slot == null) {
			return "NOT_FOUND";
		}
		if (slot.up) {
			return "RUNNING";
		}
		if (slot.retry) {
			return "RESTARTING";
		}
		boolean resuming = slot.paused;
		if (resuming) {
			this.attempts.clear();
		}
		slot.row = 0;
		String outcome = start(slot);
		if (resuming && outcome.equals("fail")) {
			pause(slot);
		}
		return outcome.equals("fail") ? "START_FAILED" : "ok";
	}

	String delete(String id) {
		Slot slot = find(id);
		if (slot == null) {
			return "NOT_FOUND";
		}
		if (slot.up) {
			return "RUNNING";
		}
		if (slot.retry) {
			return "RESTARTING";
		}
		this.slots.remove(slot);
		return "ok";
	}

	String startChild(ChildSpec child) {
		Slot slot = find(child.id());
		if (slot != null) {
			return slot.up ? "ALREADY_STARTED" : "ALREADY_PRESENT";
		}
		slot = new Slot(child);
		this.slots.add(slot);
		String outcome = start(slot);
		if (outcome.equals("fail") || (outcome.equals("ignore") && child.restart() == Restart.TEMPORARY)) {
			this.slots.remove(slot);
		}
		return outcome.equals("fail") ? "START_FAILED" : "ok";
	}

	private void ended(Slot slot, ExitReason reason) {
		boolean clean = reason instanceof ExitReason.Normal || reason instanceof ExitReason.Shutdown;
		Restart type = slot.spec.restart();
		if (type == Restart.PERMANENT || (type == Restart.TRANSIENT && !clean)) {
			restart(slot);
			return;
		}
		if (type == Restart.TEMPORARY) {
			this.slots.remove(slot);
		}
		boolean others = this.slots.stream()
			.anyMatch((other) -> other != slot && other.spec.significant() && (other.up || other.retry));
		if (slot.spec.significant() && (this.spec.autoShutdown() == AutoShutdown.ANY_SIGNIFICANT
				|| (this.spec.autoShutdown() == AutoShutdown.ALL_SIGNIFICANT && !others))) {
			stopAll();
			exit();
		}
	}

	private void restart(Slot slot) {
		slot.restarting = true;
		forgetRowAfterLongLife(slot);
		if (this.spec.backoff() == null) {
			attempt(slot);
		}
		else {
			stopGroup(slot, false);
			sleep(slot, this.spec.backoff());
		}
	}

	private void sleep(Slot slot, RestartBackoff backoff) {
		long delay = backoff.first().toNanos();
		for (int i = 0; i < slot.row; i++) {
			delay = Math.min(backoff.max().toNanos(), delay * 2);
		}
		slot.row++;
		slot.restarting = true;
		slot.retry = true;
		slot.wakeAt = this.now + delay;
		this.sleepers.add(slot);
		this.log.add("wait %d for %s".formatted(delay, slot.spec.id()));
	}

	private void forgetRowAfterLongLife(Slot slot) {
		RestartBackoff backoff = this.spec.backoff();
		if (slot.upAt >= 0 && backoff != null && this.now - slot.upAt >= backoff.max().toNanos()) {
			slot.row = 0;
		}
		slot.upAt = -1;
	}

	private void wake(Slot slot) {
		slot.retry = false;
		this.sleepers.remove(slot);
	}

	private List<Slot> group(Slot slot) {
		int from = this.slots.indexOf(slot);
		return new ArrayList<>(switch (this.spec.strategy()) {
			case ONE_FOR_ONE -> List.of(slot);
			case ONE_FOR_ALL -> this.slots;
			case REST_FOR_ONE -> this.slots.subList(from, this.slots.size());
		});
	}

	private void stopGroup(Slot slot, boolean pause) {
		List<Slot> group = group(slot);
		for (int i = group.size() - 1; i >= 0; i--) {
			Slot member = group.get(i);
			if (member == slot) {
				continue;
			}
			boolean wasUp = member.up;
			stop(member);
			wake(member);
			if (member.spec.restart() == Restart.TEMPORARY) {
				this.slots.remove(member);
			}
			else if (pause && (wasUp || member.restarting)) {
				pause(member);
			}
			else if (wasUp) {
				forgetRowAfterLongLife(member);
				member.restarting = true;
			}
		}
	}

	private void pause(Slot slot) {
		slot.restarting = false;
		slot.paused = true;
		this.log.add("paused " + slot.spec.id());
	}

	private void attempt(Slot slot) {
		wake(slot);
		long period = this.spec.intensity().within().toNanos();
		this.attempts.removeIf((attempt) -> this.now - attempt > period);
		if (this.attempts.size() >= this.spec.intensity().maxRestarts()) {
			this.log.add("budget spent on " + slot.spec.id());
			if (this.spec.whenBudgetSpent() == WhenBudgetSpent.PAUSE) {
				pause(slot);
				stopGroup(slot, true);
			}
			else {
				stopAll();
				exit();
			}
			return;
		}
		this.attempts.add(this.now);
		stopGroup(slot, false);
		for (Slot member : group(slot)) {
			if (member != slot && member.spec.restart() == Restart.TEMPORARY) {
				continue;
			}
			if (start(member).equals("fail")) {
				member.restarting = true;
				if (this.spec.backoff() != null) {
					stopGroup(member, false);
					sleep(member, this.spec.backoff());
				}
				else {
					member.retry = true;
					this.mailbox.add(new Message(member, null));
				}
				return;
			}
			if (member.up) {
				member.upAt = this.now;
			}
		}
	}

	private String start(Slot slot) {
		String id = slot.spec.id();
		String outcome = this.gate.apply(id, this.startCounts.merge(id, 1, Integer::sum));
		this.log.add("start " + id + (outcome.equals("ok") ? "" : " " + outcome));
		if (outcome.equals("ask")) {
			this.log.add("reply CALLED_BY_CHILD");
		}
		slot.up = outcome.equals("ok") || outcome.equals("ask");
		slot.restarting = false;
		slot.paused = false;
		slot.upAt = -1;
		return outcome;
	}

	private void stop(Slot slot) {
		if (slot.up && slot.dead) {
			this.mailbox.removeIf((message) -> message.slot == slot && message.reason != null);
		}
		else if (slot.up) {
			this.log.add("stop " + slot.spec.id());
		}
		slot.up = false;
		slot.dead = false;
	}

	private void stopAll() {
		for (int i = this.slots.size() - 1; i >= 0; i--) {
			stop(this.slots.get(i));
		}
	}

	private void exit() {
		this.log.add("exit shutdown");
		this.ended = true;
	}

	private @Nullable Slot find(String id) {
		return this.slots.stream().filter((slot) -> slot.spec.id().equals(id)).findFirst().orElse(null);
	}

	private static final class Slot {

		private ChildSpec spec;

		private boolean up;

		private boolean dead;

		/**
		 * Whether it is down for a restart that is still to come.
		 */
		private boolean restarting;

		/**
		 * Whether it is the one whose restart is tried again.
		 */
		private boolean retry;

		private boolean paused;

		/**
		 * Waits in a row.
		 */
		private int row;

		private long upAt = -1;

		private long wakeAt;

		private Slot(ChildSpec spec) {
			this.spec = spec;
		}

	}

	/**
	 * An end, or without a reason the note to try a restart again.
	 */
	private record Message(Slot slot, @Nullable ExitReason reason) {

	}

}
