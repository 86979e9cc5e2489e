package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.registry.AgentRegistry;
import io.switchboard.registry.Name;
import io.switchboard.registry.Owner;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.ProbeFailure;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The registry on the runtime's own threads, while agents register, crash and are killed
 * at the same time.
 */
class RegistryUnderCrashesTests {

	private static final int AGENTS = 20;

	private static final int CRASHES = 3_000;

	private static final Resident.Use REGISTER = (registry, self) -> {
		registry.names().register("of " + self.path(), self).orElseThrow();
		registry.names().register("wanted by all", self);
		registry.groups().join("all", self);
		registry.topics().subscribe("all", self);
		return self;
	};

	@Test
	void whatIsRegisteredIsWhatIsAlive() {
		AgentSystem system = AgentSystem
			.builder(SupervisorSpec.builder("root")
				.intensity(new RestartIntensity(Integer.MAX_VALUE, Duration.ofMillis(1)))
				.children(agents())
				.build())
			.build();
		system.start().block(Trees.LIMIT);
		AgentRegistry registry = system.registry();
		SplittableRandom random = new SplittableRandom(11);

		for (int crash = 0; crash < CRASHES; crash++) {
			AgentPath path = path(random.nextInt(AGENTS));
			if (random.nextInt(4) > 0) {
				system.agent(path, Object.class).tell(new ProbeFailure("told to fail"));
			}
			else {
				system.control(path).kill().onErrorComplete().block(Trees.LIMIT);
			}
			registry.topics().broadcast("all", crash);
		}
		List<Owner> alive = alive(system);

		assertThat(registry.groups().members("all")).containsExactlyInAnyOrderElementsOf(alive);
		assertThat(registry.topics().broadcast("all", "at the end")).isEqualTo(AGENTS);
		assertThat(alive).allSatisfy((owner) -> assertThat(registry.names().whereIs("of " + owner.path()))
			.isEqualTo(new Name("of " + owner.path(), owner, null)));
		Name wanted = registry.names().whereIs("wanted by all");
		assertThat(wanted == null || alive.contains(wanted.owner())).as("owner of the wanted name").isTrue();
		system.stop().block(Trees.LIMIT);
		assertThat(registry.names().all()).isEmpty();
		assertThat(registry.groups().all()).isEmpty();
		assertThat(registry.topics().all()).isEmpty();
	}

	/**
	 * Ask each agent who it is; the answer comes behind all that was to crash it.
	 * @param system the system
	 * @return the lives
	 */
	private static List<Owner> alive(AgentSystem system) {
		Resident.Use whoAreYou = (registry, self) -> self;
		return Flux.range(0, AGENTS).concatMap((number) -> {
			AgentRef<Object> agent = system.agent(path(number), Object.class);
			return Mono.defer(() -> agent.ask(whoAreYou, Owner.class)).retry(10);
		}).collectList().blockOptional(Trees.LIMIT).orElseThrow();
	}

	private static List<ChildSpec> agents() {
		List<ChildSpec> agents = new ArrayList<>();
		IntStream.range(0, AGENTS)
			.forEach((number) -> agents.add(new Resident(path(number).name()).onStart(REGISTER).spec()));
		return agents;
	}

	private static AgentPath path(int number) {
		return AgentPath.ROOT.child("agent-" + number);
	}

}
