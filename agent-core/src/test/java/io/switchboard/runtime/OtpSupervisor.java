package io.switchboard.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import io.switchboard.ExitReason;
import io.switchboard.supervision.AutoShutdown;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.SupervisorSpec;
import org.jspecify.annotations.Nullable;

/**
 * OTP's supervisor alone, without any extension, written from its rules: one message of
 * its mailbox after the other, waiting for each start and stop, so that whatever comes
 * meanwhile comes later. To check {@link StaticSupervisor} against.
 */
final class OtpSupervisor {

	final List<String> log = new ArrayList<>();

	private final SupervisorSpec spec;

	private final BiFunction<String, Integer, String> gate;

	private final List<Slot> slots = new ArrayList<>();

	private final List<Long> attempts = new ArrayList<>();

	private final Map<String, Integer> startCounts = new HashMap<>();

	/**
	 * What has arrived and was not looked at.
	 */
	private final Deque<Message> mailbox = new ArrayDeque<>();

	private long now;

	private boolean ended;

	OtpSupervisor(SupervisorSpec spec, BiFunction<String, Integer, String> gate) {
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

	/**
	 * Let time pass.
	 * @param nanos how much
	 */
	void advance(long nanos) {
		this.now += nanos;
	}

	boolean isEnded() {
		return this.ended;
	}

	/**
	 * Let a child end, which the supervisor does not know before it has read its mailbox.
	 * @param id the child
	 * @param reason why
	 * @return whether it was alive
	 */
	boolean die(String id, ExitReason reason) {
		Slot slot = find(id);
		if (slot == null || !slot.up || slot.dead) {
			return false;
		}
		slot.dead = true;
		this.mailbox.add(new End(slot, reason));
		return true;
	}

	/**
	 * Put a request into the mailbox.
	 * @param request makes the answer
	 */
	void ask(Supplier<String> request) {
		this.mailbox.add(new Request(request));
	}

	/**
	 * Read the mailbox until it is empty.
	 */
	void work() {
		while (!this.mailbox.isEmpty() && !this.ended) {
			Message message = this.mailbox.remove();
			if (message instanceof End end) {
				end.slot.dead = false;
				end.slot.up = false;
				ended(end.slot, end.reason);
			}
			else if (message instanceof Request request) {
				this.log.add("reply " + request.request.get());
			}
			else if (message instanceof Retry retry && retry.slot.restarting && this.slots.contains(retry.slot)) {
				restart(retry.slot);
			}
		}
	}

	String terminate(String id) {
		Slot slot = find(id);
		if (slot == null) {
			return "NOT_FOUND";
		}
		stop(slot);
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
		if (slot.up || slot.restarting) {
			return slot.up ? "RUNNING" : "RESTARTING";
		}
		String outcome = start(slot);
		return outcome.equals("fail") ? "START_FAILED" : "ok";
	}

	String delete(String id) {
		Slot slot = find(id);
		if (slot == null) {
			return "NOT_FOUND";
		}
		if (slot.up || slot.restarting) {
			return slot.up ? "RUNNING" : "RESTARTING";
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
			.anyMatch((other) -> other != slot && other.spec.significant() && (other.up || other.restarting));
		if (slot.spec.significant() && (this.spec.autoShutdown() == AutoShutdown.ANY_SIGNIFICANT
				|| (this.spec.autoShutdown() == AutoShutdown.ALL_SIGNIFICANT && !others))) {
			stopAll();
			exit();
		}
	}

	private void restart(Slot slot) {
		slot.restarting = false;
		long period = this.spec.intensity().within().toNanos();
		this.attempts.removeIf((attempt) -> this.now - attempt > period);
		this.attempts.add(this.now);
		if (this.attempts.size() > this.spec.intensity().maxRestarts()) {
			this.log.add("budget spent on " + slot.spec.id());
			stopAll();
			exit();
			return;
		}
		int from = this.slots.indexOf(slot);
		List<Slot> group = new ArrayList<>(switch (this.spec.strategy()) {
			case ONE_FOR_ONE -> List.of(slot);
			case ONE_FOR_ALL -> this.slots;
			case REST_FOR_ONE -> this.slots.subList(from, this.slots.size());
		});
		for (int i = group.size() - 1; i >= 0; i--) {
			Slot member = group.get(i);
			stop(member);
			if (member.spec.restart() == Restart.TEMPORARY) {
				this.slots.remove(member);
			}
		}
		group.removeIf((member) -> member.spec.restart() == Restart.TEMPORARY);
		for (Slot member : group) {
			member.restarting = false;
			if (start(member).equals("fail")) {
				member.restarting = true;
				this.mailbox.add(new Retry(member));
				return;
			}
		}
	}

	private String start(Slot slot) {
		String id = slot.spec.id();
		String outcome = this.gate.apply(id, this.startCounts.merge(id, 1, Integer::sum));
		this.log.add("start " + id + (outcome.equals("ok") ? "" : " " + outcome));
		slot.up = outcome.equals("ok");
		return outcome;
	}

	private void stop(Slot slot) {
		if (slot.up && slot.dead) {
			this.mailbox.removeIf((message) -> message instanceof End end && end.slot == slot);
		}
		else if (slot.up) {
			this.log.add("stop " + slot.spec.id());
		}
		slot.up = false;
		slot.dead = false;
		slot.restarting = false;
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

		private final ChildSpec spec;

		private boolean up;

		private boolean dead;

		private boolean restarting;

		private Slot(ChildSpec spec) {
			this.spec = spec;
		}

	}

	private sealed interface Message {

	}

	private record End(Slot slot, ExitReason reason) implements Message {

	}

	/**
	 * The note to try a restart again.
	 */
	private record Retry(Slot slot) implements Message {

	}

	private record Request(Supplier<String> request) implements Message {

	}

}
