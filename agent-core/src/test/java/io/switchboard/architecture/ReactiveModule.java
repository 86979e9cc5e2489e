package io.switchboard.architecture;

import org.junit.jupiter.api.Test;

/**
 * What holds in modules whose code runs inside a user's application, where it must
 * neither block nor keep its own time.
 */
public interface ReactiveModule extends EveryModule {

	@Test
	default void timeComesFromTheInjectedScheduler() {
		ForbiddenCalls.WALL_CLOCK.check(ModuleClasses.main());
		ForbiddenCalls.IMPLICIT_TIME.check(ModuleClasses.main());
	}

	@Test
	default void schedulersAreInjected() {
		ForbiddenCalls.SHARED_SCHEDULERS.check(ModuleClasses.main());
	}

	@Test
	default void nothingBlocksForAResult() {
		ForbiddenCalls.BLOCKING_FOR_RESULTS.check(ModuleClasses.main());
	}

	@Test
	default void everySubscriptionHasAnOwner() {
		ForbiddenCalls.OWNERLESS_SUBSCRIPTIONS.check(ModuleClasses.main());
	}

}
