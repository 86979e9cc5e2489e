package io.switchboard.autoconfigure.actuate;

import java.util.List;
import java.util.Objects;

import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.AgentPlacement;
import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.autoconfigure.actuate.SwitchboardInfoContributor.AgentDetails;
import io.switchboard.autoconfigure.actuate.SwitchboardInfoContributor.Details;
import io.switchboard.autoconfigure.journal.JournalAutoConfiguration;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link SwitchboardInfoAutoConfiguration}.
 */
class SwitchboardInfoAutoConfigurationTests {

	private final ApplicationContextRunner without = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SwitchboardInfoAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.without
		.withConfiguration(AutoConfigurations.of(AgentSystemAutoConfiguration.class))
		.withPropertyValues("switchboard.supervisors.desk.parent=/")
		.withBean("pricing", AgentPlacement.class,
				() -> new AgentPlacement("desk", agent("pricing").version("7").build()))
		.withBean("support", AgentPlacement.class,
				() -> new AgentPlacement("desk",
						DynamicSupervisorSpec.builder("support")
							.template((key) -> agent(key).version("2026-05").build())
							.build()));

	@Test
	void agentsSupervisorsAndCountsAreToldAndNoSession() {
		this.runner.run((context) -> {
			AgentSystem system = context.getBean(AgentSystem.class);
			system.agent("/desk/support/ann", String.class).tell("hello");
			system.agent("/desk/support/bob", String.class).tell("hello");

			assertThat(details(context.getBean(InfoContributor.class))).isEqualTo(new Details(version(),
					List.of(new AgentDetails("pricing", "/desk/pricing", "7", null),
							new AgentDetails("support", "/desk/support", "2026-05", 2)),
					List.of("/", "/desk"), "none"));
		});
	}

	@Test
	void sessionsAreCountedWithoutAWalkThroughThem() {
		this.runner.run((context) -> {
			AgentSystem running = context.getBean(AgentSystem.class);
			AgentSystem system = mock(AgentSystem.class, delegatesTo(running));
			running.agent("/desk/support/ann", String.class).tell("hello");

			Details details = details(
					new SwitchboardInfoContributor(system, context.getBean(AgentCatalog.class), null));

			assertThat(details.agents()).extracting(AgentDetails::sessions).containsExactly(null, 1);
			then(system).should(never()).mailboxes(any());
			then(system).should(never()).node(any());
			then(system).should(never()).tree();
		});
	}

	@Test
	void theKindOfJournalIsTold() {
		this.runner.withConfiguration(AutoConfigurations.of(JournalAutoConfiguration.class))
			.withPropertyValues("switchboard.journal.store=memory")
			.run((context) -> assertThat(details(context.getBean(InfoContributor.class)).journal())
				.isEqualTo("memory"));
	}

	@Test
	void itCanBeSwitchedOff() {
		this.runner.withPropertyValues("management.info.switchboard.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(InfoContributor.class));
	}

	@Test
	void aContributorOfTheApplicationIsKept() {
		InfoContributor own = (builder) -> builder.withDetail("own", true);
		this.runner.withBean("switchboardInfoContributor", InfoContributor.class, () -> own)
			.run((context) -> assertThat(context).getBean(InfoContributor.class).isSameAs(own));
	}

	@Test
	void itNeedsAgents() {
		this.without.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(InfoContributor.class));
	}

	@Test
	void anApplicationWithoutActuatorStarts() {
		this.runner.withClassLoader(new FilteredClassLoader(InfoContributor.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SwitchboardInfoAutoConfiguration.class));
	}

	private static AgentSpec.Builder<String> agent(String name) {
		return AgentSpec.builder(name, String.class, () -> (message, context) -> Mono.just(message));
	}

	/** It is in the manifest of the jar, if there is one already. */
	private static String version() {
		return Objects.requireNonNullElse(AgentSystem.class.getPackage().getImplementationVersion(), "unknown");
	}

	private static Details details(InfoContributor contributor) {
		Info.Builder info = new Info.Builder();
		contributor.contribute(info);
		return (Details) info.build().get("switchboard");
	}

}
