package io.switchboard.ai;

import java.util.List;

import io.switchboard.architecture.BelowAutoConfiguration;
import io.switchboard.architecture.ModuleClasses;
import io.switchboard.architecture.ReactiveModule;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * The structure of the Spring AI module.
 */
class ArchitectureTests implements BelowAutoConfiguration, ReactiveModule {

	/**
	 * From what depends on nothing to what depends on everything. A new package takes its
	 * place here.
	 */
	private static final List<String> PACKAGES = List.of("io.switchboard.ai.failure", "io.switchboard.ai.recovery",
			"io.switchboard.ai.approval", "io.switchboard.ai.model", "io.switchboard.ai.tool", "io.switchboard.ai.turn",
			"io.switchboard.ai.fanout", "io.switchboard.ai");

	@Test
	void packagesDependOnEarlierOnesOnly() {
		for (int place = 0; place < PACKAGES.size() - 1; place++) {
			String[] later = PACKAGES.subList(place + 1, PACKAGES.size()).toArray(String[]::new);
			noClasses().that()
				.resideInAPackage(PACKAGES.get(place))
				.should()
				.dependOnClassesThat()
				.resideInAnyPackage(later)
				.allowEmptyShould(true)
				.check(ModuleClasses.main());
		}
	}

	@Test
	void everyPackageHasItsPlace() {
		noClasses().should().resideOutsideOfPackages(PACKAGES.toArray(String[]::new)).check(ModuleClasses.main());
	}

}
