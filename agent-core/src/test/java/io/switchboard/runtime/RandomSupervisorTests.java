package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

import io.switchboard.ExitReason;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.AutoShutdown;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.RestartBackoff;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.supervision.WhenBudgetSpent;
import io.switchboard.tree.NodeStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random supervisors live through random events, by {@link StaticSupervisor}'s rules and
 * by the {@linkplain NaiveSupervisor naive} ones; both must do the same. More sequences
 * with {@code -Dtests.sequences=…}.
 */
class RandomSupervisorTests {

	private static final int SEQUENCES = Integer.getInteger("tests.sequences", 100_000);

	private static final int MAX_EVENTS = 14;

	private static final List<String> IDS = List.of("a", "b", "c", "d");

	@Test
	void bothRulesDoTheSame() {
		for (long seed = 0; seed < SEQUENCES; seed++) {
			List<Integer> events = new Random(~seed).ints(MAX_EVENTS, 0, 1 << 20).boxed().toList();
			String difference = difference(seed, events);
			if (difference != null) {
				List<Integer> shrunk = shrink(seed, events);
				assertThat(difference(seed, shrunk)).as("seed %d, events %s", seed, shrunk).isNull();
			}
		}
	}

	private static List<Integer> shrink(long seed, List<Integer> events) {
		List<Integer> smallest = events;
		for (int i = 0; i < smallest.size();) {
			List<Integer> shorter = new ArrayList<>(smallest);
			shorter.remove(i);
			if (difference(seed, shorter) != null) {
				smallest = shorter;
				i = 0;
			}
			else {
				i++;
			}
		}
		return smallest;
	}

	private static @Nullable String difference(long seed, List<Integer> events) {
		SupervisorSpec spec = spec(new Random(seed));
		BiFunction<String, Integer, String> gate = gate(seed);
		Rules rules = new Rules(new StaticSupervisor(spec)).gate(gate);
		NaiveSupervisor naive = new NaiveSupervisor(spec, gate);
		List<String> story = new ArrayList<>();
		rules.startup();
		naive.startup();
		for (int i = 0; i <= events.size(); i++) {
			rules.log.removeIf((line) -> line.startsWith("close"));
			if (!rules.log.equals(naive.log)) {
				return describe(spec) + story + "%n rules: %s%n naive: %s".formatted(rules.log, naive.log);
			}
			if (isAnyLeftWaiting(rules)) {
				return describe(spec) + story + " leave siblings that wait for nobody";
			}
			rules.log.clear();
			naive.log.clear();
			if (i < events.size() && !naive.isEnded()) {
				story.add(play(new Random(events.get(i)), rules, naive));
			}
		}
		return null;
	}

	/**
	 * Whether somebody is down for a restart that will never be.
	 */
	private static boolean isAnyLeftWaiting(Rules rules) {
		List<Child> children = rules.machine.children.inOrder();
		return children.stream().anyMatch((child) -> child.status == NodeStatus.RESTARTING)
				&& children.stream().noneMatch((child) -> child.isRetryPending());
	}

	private static String play(Random random, Rules rules, NaiveSupervisor naive) {
		String id = IDS.get(random.nextInt(IDS.size()));
		switch (random.nextInt(12)) {
			case 0 -> {
				long time = random.nextInt(150);
				rules.advance(Duration.ofNanos(time));
				naive.advance(time);
				return "advance " + time;
			}
			case 1 -> {
				rules.request(ChildRequest.Kind.TERMINATE, id);
				naive.log.add("reply " + naive.terminate(id));
				return "terminate " + id;
			}
			case 2 -> {
				rules.request(ChildRequest.Kind.RESTART, id);
				naive.log.add("reply " + naive.restartChild(id));
				return "restart " + id;
			}
			case 3 -> {
				rules.request(ChildRequest.Kind.DELETE, id);
				naive.log.add("reply " + naive.delete(id));
				return "delete " + id;
			}
			case 4 -> {
				AgentSpec<String> child = child(id, random, false);
				rules.startChild(child);
				naive.log.add("reply " + naive.startChild(child));
				return "start " + child.restart() + " " + id;
			}
			case 5 -> {
				if (random.nextInt(4) == 0) {
					rules.stop();
					naive.stop();
				}
				return "stop";
			}
			case 6 -> {
				SupervisorSpec changed = spec(random);
				rules.reconfigure(changed);
				naive.reconfigure(changed);
				return "reconfigure" + describe(changed);
			}
			default -> {
				List<String> ending = IDS.stream()
					.filter((other) -> naive.isUp(other) && (other.equals(id) || random.nextInt(4) == 0))
					.toList();
				ExitReason reason = reason(random);
				if (!ending.isEmpty()) {
					rules.endTogether(ending, reason);
					naive.end(ending, reason);
				}
				return ending + " end with " + reason;
			}
		}
	}

	private static SupervisorSpec spec(Random random) {
		AutoShutdown autoShutdown = AutoShutdown.values()[random.nextInt(3)];
		SupervisorSpec.Builder builder = SupervisorSpec.builder("s")
			.strategy(Strategy.values()[random.nextInt(3)])
			.intensity(new RestartIntensity(random.nextInt(5), Duration.ofNanos(100)))
			.autoShutdown(autoShutdown)
			.whenBudgetSpent(WhenBudgetSpent.values()[random.nextInt(3) / 2]);
		if (random.nextInt(3) == 0) {
			builder.backoff(new RestartBackoff(Duration.ofNanos(20), Duration.ofNanos(70), 2, 0));
		}
		for (String id : IDS.subList(0, random.nextInt(IDS.size() + 1))) {
			builder.child(child(id, random, autoShutdown != AutoShutdown.NEVER && random.nextBoolean()));
		}
		return builder.build();
	}

	private static AgentSpec<String> child(String id, Random random, boolean significant) {
		Restart restart = Restart.values()[random.nextInt(3)];
		return AgentSpec.builder(id, String.class, () -> (message, context) -> Mono.empty())
			.restart(restart)
			.significant(significant && restart != Restart.PERMANENT)
			.build();
	}

	private static BiFunction<String, Integer, String> gate(long seed) {
		return (id, number) -> switch (new Random(seed * 31 + id.hashCode() * 1009L + number * 7919L).nextInt(12)) {
			case 0, 1 -> "fail";
			case 2 -> "ignore";
			case 3 -> "ask";
			default -> "ok";
		};
	}

	private static ExitReason reason(Random random) {
		return switch (random.nextInt(5)) {
			case 0 -> ExitReason.normal();
			case 1 -> ExitReason.shutdown("done");
			case 2 -> ExitReason.killed();
			default -> ExitReason.crash(new IllegalStateException("test"));
		};
	}

	private static String describe(SupervisorSpec spec) {
		StringBuilder out = new StringBuilder("%n%s %s %s %s %s: ".formatted(spec.strategy(), spec.intensity(),
				spec.autoShutdown(), spec.whenBudgetSpent(), spec.backoff()));
		spec.children()
			.forEach((child) -> out.append(child.id())
				.append(' ')
				.append(child.restart())
				.append(child.significant() ? "! " : " "));
		return out.toString();
	}

}
