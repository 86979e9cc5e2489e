package io.switchboard.architecture;

import org.junit.jupiter.api.Test;

/**
 * What holds in modules that auto-configuration puts together.
 */
public interface BelowAutoConfiguration {

	@Test
	default void nothingImportsAutoConfiguration() {
		StructureRules.NO_AUTO_CONFIGURATION.check(ModuleClasses.main());
	}

	@Test
	default void publicTypesAreClosed() {
		StructureRules.CLOSED_PUBLIC_TYPES.check(ModuleClasses.main());
	}

}
