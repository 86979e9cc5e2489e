package io.switchboard.blocking;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;

import io.switchboard.AgentExitedException;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Shows that a module's tests fail when a thread blocks that must not. A module's
 * {@code BlockingTests} implement it.
 */
public interface NothingBlocks {

	/**
	 * How long an answer may take.
	 */
	Duration LIMIT = Duration.ofSeconds(30);

	@Test
	default void anAgentThatSleepsFailsAndSoDoesTheTest() {
		StepVerifier.create(askAgentThat(NothingBlocks::sleep, false))
			.expectError(AgentExitedException.class)
			.verify(LIMIT);

		assertThatExceptionOfType(AssertionError.class).isThrownBy(BlockingCalls::failIfAny)
			.satisfies((failure) -> assertThat(failure.getSuppressed()).singleElement()
				.asInstanceOf(InstanceOfAssertFactories.throwable(BlockingOperationError.class))
				.hasMessageContaining("java.lang.Thread.sleep"));
	}

	@Test
	default void anAgentMaySleepIfItIsSpecifiedAsBlocking() {
		StepVerifier.create(askAgentThat(NothingBlocks::sleep, true)).expectNext("done").expectComplete().verify(LIMIT);

		assertThat(BlockingCalls.take()).isEmpty();
	}

	@Test
	default void anAgentMaySleepOnPurpose() {
		StepVerifier.create(askAgentThat(() -> OnPurpose.block(NothingBlocks::sleep), false))
			.expectNext("done")
			.expectComplete()
			.verify(LIMIT);

		assertThat(BlockingCalls.take()).isEmpty();
	}

	@Test
	default void whatSleepsOnReactorsThreadsIsFound() {
		Mono<String> sleeping = Mono.fromCallable(() -> {
			sleep();
			return "done";
		});

		StepVerifier.create(sleeping.subscribeOn(Schedulers.parallel()))
			.expectErrorSatisfies((ex) -> assertThat(BlockingCalls.take()).hasSize(1))
			.verify(LIMIT);
	}

	private static Mono<String> askAgentThat(OnPurpose.Action<Exception> action, boolean blocking) {
		SupervisorSpec root = SupervisorSpec.builder("root")
			.child(AgentSpec.builder("sleeper", String.class, () -> (message, context) -> {
				action.run();
				return Mono.just("done");
			}).blocking(blocking).build())
			.build();
		return Mono.usingWhen(Mono.fromSupplier(() -> AgentSystem.builder(root).build()),
				(system) -> system.start()
					.then(Mono.defer(() -> system.agent("/sleeper", String.class).ask("sleep", String.class))),
				AgentSystem::stop);
	}

	/**
	 * Sleep for a moment, which no code may do and so none shows.
	 * @throws Exception if it is interrupted
	 */
	static void sleep() throws Exception {
		try {
			Thread.class.getMethod("sleep", long.class).invoke(null, 1L);
		}
		catch (InvocationTargetException ex) {
			if (ex.getCause() instanceof Error error) {
				throw error;
			}
			throw ex;
		}
	}

}
