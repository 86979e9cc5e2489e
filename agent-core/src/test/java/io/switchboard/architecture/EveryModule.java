package io.switchboard.architecture;

import org.junit.jupiter.api.Test;

/**
 * What holds in every module and for its tests. A module's {@code ArchitectureTests}
 * implement it.
 */
public interface EveryModule {

	@Test
	default void packagesAreFreeOfCycles() {
		StructureRules.NO_CYCLES.check(ModuleClasses.main());
	}

	@Test
	default void packagesAreNamedAfterTopics() {
		StructureRules.NOUNS_FOR_PACKAGES.check(ModuleClasses.main());
	}

	@Test
	default void packagesAreNullMarked() {
		StructureRules.NULL_MARKED.check(ModuleClasses.main());
		StructureRules.NULL_MARKED.check(ModuleClasses.tests());
	}

	@Test
	default void nothingSleeps() {
		ForbiddenCalls.SLEEPING.check(ModuleClasses.main());
		ForbiddenCalls.SLEEPING.check(ModuleClasses.tests());
	}

	@Test
	default void testsVerifyStepsWithinATimeLimit() {
		ForbiddenCalls.ENDLESS_VERIFICATION.check(ModuleClasses.tests());
	}

}
