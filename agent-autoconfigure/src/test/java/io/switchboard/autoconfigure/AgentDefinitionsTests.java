package io.switchboard.autoconfigure;

import java.util.Set;

import io.switchboard.AgentPath;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.SupervisorSpec;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AgentDefinitions}.
 */
class AgentDefinitionsTests {

	@Test
	void agentsAreListedWithTheirPathsInTheOrderOfTheTree() {
		SupervisorSpec root = SupervisorSpec.builder("root")
			.child(SupervisorSpec.builder("desk").child(spec("pricing")).build())
			.child(spec("audit"))
			.build();

		assertThat(AgentDefinitions.of(root)).containsExactly(
				new AgentDefinition("pricing", AgentPath.of("/desk/pricing"), false, Set.of(String.class)),
				new AgentDefinition("audit", AgentPath.of("/audit"), false, Set.of(String.class)));
	}

	@Test
	void sessionsOfOneTemplateAreOneAgent() {
		SupervisorSpec root = root(DynamicSupervisorSpec.builder("support").template(AgentDefinitionsTests::spec));

		assertThat(AgentDefinitions.of(root))
			.containsExactly(new AgentDefinition("support", AgentPath.of("/support"), true, Set.of(String.class)));
	}

	@Test
	void aTemplateThatRefusesTheSampleLeavesTheMessageTypesOpen() {
		SupervisorSpec root = root(DynamicSupervisorSpec.builder("support").template((key) -> {
			throw new IllegalArgumentException("no session " + key);
		}));

		assertThat(AgentDefinitions.of(root)).singleElement()
			.satisfies((agent) -> assertThat(agent.messageTypes()).isEmpty());
	}

	@Test
	void aDynamicSupervisorWithoutTemplateIsNoAgent() {
		SupervisorSpec root = root(DynamicSupervisorSpec.builder("workers"));

		assertThat(AgentDefinitions.of(root)).isEmpty();
	}

	private static SupervisorSpec root(DynamicSupervisorSpec.Builder child) {
		return SupervisorSpec.builder("root").child(child.build()).build();
	}

	private static AgentSpec<String> spec(String name) {
		return AgentSpec.builder(name, String.class, () -> (message, context) -> Mono.empty()).build();
	}

}
