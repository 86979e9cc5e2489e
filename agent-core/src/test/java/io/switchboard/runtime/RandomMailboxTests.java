package io.switchboard.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

import io.switchboard.ExitReason;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.AutoShutdown;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random supervisors find several things in their mailbox at once: requests and ends that
 * came while they were restarting something, and their own notes to try again between
 * them. {@link StaticSupervisor} and {@linkplain OtpSupervisor OTP} must do the same.
 */
class RandomMailboxTests {

	private static final int SEQUENCES = Integer.getInteger("tests.sequences", 50_000);

	private static final int MAX_BATCHES = 5;

	private static final List<String> IDS = List.of("a", "b", "c", "d");

	@Test
	void bothRulesDoTheSame() {
		for (long seed = 0; seed < SEQUENCES; seed++) {
			List<Integer> batches = new Random(~seed).ints(MAX_BATCHES, 0, 1 << 20).boxed().toList();
			if (difference(seed, batches) != null) {
				assertThat(shortest(seed, batches)).as("seed %d", seed).isNull();
			}
		}
	}

	private static @Nullable String shortest(long seed, List<Integer> batches) {
		return IntStream.rangeClosed(1, batches.size())
			.mapToObj((length) -> difference(seed, batches.subList(0, length)))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private static @Nullable String difference(long seed, List<Integer> batches) {
		SupervisorSpec spec = spec(new Random(seed));
		BiFunction<String, Integer, String> gate = gate(seed);
		Rules rules = new Rules(new StaticSupervisor(spec)).gate(gate);
		OtpSupervisor otp = new OtpSupervisor(spec, gate);
		List<String> story = new ArrayList<>();
		rules.startup();
		otp.startup();
		for (int batch : batches) {
			rules.log.clear();
			otp.log.clear();
			if (!otp.isEnded()) {
				play(new Random(batch), rules, otp, story);
			}
			rules.log.removeIf((line) -> line.startsWith("close"));
			if (otp.isEnded()) {
				// who asked meanwhile is told so, whatever it was
				rules.log.removeIf((line) -> line.startsWith("reply"));
				otp.log.removeIf((line) -> line.startsWith("reply"));
			}
			if (!rules.log.equals(otp.log)) {
				return describe(spec) + story + "%n rules: %s%n otp: %s".formatted(rules.log, otp.log);
			}
		}
		return null;
	}

	private static void play(Random random, Rules rules, OtpSupervisor otp, List<String> story) {
		List<SupervisorInput> inputs = new ArrayList<>();
		for (int i = 1 + random.nextInt(6); i > 0; i--) {
			String id = IDS.get(random.nextInt(IDS.size()));
			switch (random.nextInt(9)) {
				case 0 -> {
					inputs.add(request(ChildRequest.Kind.TERMINATE, id, null));
					otp.ask(() -> otp.terminate(id));
					story.add("terminate " + id);
				}
				case 1 -> {
					inputs.add(request(ChildRequest.Kind.RESTART, id, null));
					otp.ask(() -> otp.restartChild(id));
					story.add("restart " + id);
				}
				case 2 -> {
					inputs.add(request(ChildRequest.Kind.DELETE, id, null));
					otp.ask(() -> otp.delete(id));
					story.add("delete " + id);
				}
				case 3 -> {
					AgentSpec<String> child = child(id, random, false);
					inputs.add(request(ChildRequest.Kind.START, id, child));
					otp.ask(() -> otp.startChild(child));
					story.add("start " + child.restart() + " " + id);
				}
				case 4 -> {
					long time = random.nextInt(150);
					rules.advance(Duration.ofNanos(time));
					otp.advance(time);
					story.add("advance " + time);
				}
				default -> {
					ExitReason reason = reason(random);
					if (otp.die(id, reason)) {
						Child child = rules.get(id);
						inputs.add(new SupervisorInput.ChildExited(child, child.incarnation, reason));
						story.add(id + " ends with " + reason);
					}
				}
			}
		}
		story.add("|");
		if (!inputs.isEmpty()) {
			rules.together(inputs);
			otp.work();
		}
	}

	private static SupervisorInput request(ChildRequest.Kind kind, String id, @Nullable AgentSpec<?> spec) {
		return new SupervisorInput.Request(new ChildRequest(kind, id, spec, Set.of(), "test"));
	}

	private static SupervisorSpec spec(Random random) {
		AutoShutdown autoShutdown = AutoShutdown.values()[random.nextInt(3)];
		SupervisorSpec.Builder builder = SupervisorSpec.builder("s")
			.strategy(Strategy.values()[random.nextInt(3)])
			.intensity(new RestartIntensity(random.nextInt(5), Duration.ofNanos(100)))
			.autoShutdown(autoShutdown);
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
		StringBuilder out = new StringBuilder(
				"%n%s %s %s: ".formatted(spec.strategy(), spec.intensity(), spec.autoShutdown()));
		spec.children()
			.forEach((child) -> out.append(child.id())
				.append(' ')
				.append(child.restart())
				.append(child.significant() ? "! " : " "));
		return out.toString();
	}

}
