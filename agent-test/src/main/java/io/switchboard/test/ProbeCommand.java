package io.switchboard.test;

import java.util.Objects;

import io.switchboard.AgentContext;
import io.switchboard.ExitReason;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * A message that tells an {@link AgentProbe} what to do.
 *
 * @since 0.1.0
 */
public final class ProbeCommand {

	private final String name;

	private final Action action;

	private ProbeCommand(String name, Action action) {
		this.name = name;
		this.action = action;
	}

	/**
	 * End normally.
	 * @return the command
	 */
	public static ProbeCommand end() {
		return end(ExitReason.normal());
	}

	/**
	 * End by itself with a reason.
	 * @param reason the reason
	 * @return the command
	 */
	public static ProbeCommand end(ExitReason reason) {
		Objects.requireNonNull(reason, "'reason' must not be null");
		return new ProbeCommand("end with " + reason, (probe, context) -> {
			context.stop(reason);
			return Mono.empty();
		});
	}

	/**
	 * End with reason {@link ExitReason#shutdown()}.
	 * @return the command
	 */
	public static ProbeCommand shutdown() {
		return end(ExitReason.shutdown());
	}

	/**
	 * End with reason {@link ExitReason#shutdown(String)}.
	 * @param detail what the reason is
	 * @return the command
	 */
	public static ProbeCommand shutdown(String detail) {
		return end(ExitReason.shutdown(detail));
	}

	/**
	 * Fail with a {@link ProbeFailure}.
	 * @return the command
	 */
	public static ProbeCommand fail() {
		return fail(new ProbeFailure("told to fail"));
	}

	/**
	 * Throw this from the handler.
	 * @param failure an exception, or an error short of a fatal one
	 * @return the command
	 */
	public static ProbeCommand fail(Throwable failure) {
		Objects.requireNonNull(failure, "'failure' must not be null");
		return new ProbeCommand("fail", (probe, context) -> {
			if (failure instanceof Error error) {
				throw error;
			}
			throw (Exception) failure;
		});
	}

	/**
	 * Keep this message in hand for ever, without holding a thread.
	 * @return the command
	 */
	public static ProbeCommand hang() {
		return new ProbeCommand("hang", (probe, context) -> Mono.never());
	}

	/**
	 * Hold the thread.
	 * @param blockade lets it go again
	 * @return the command
	 */
	public static ProbeCommand block(Blockade blockade) {
		Objects.requireNonNull(blockade, "'blockade' must not be null");
		return new ProbeCommand("block", (probe, context) -> {
			blockade.hold();
			return Mono.empty();
		});
	}

	/**
	 * Never finish the cleanup of this incarnation.
	 * @return the command
	 */
	public static ProbeCommand refuseToStop() {
		return onStop("refuse to stop", Mono.never());
	}

	/**
	 * Fail in the cleanup of this incarnation.
	 * @param failure what to fail with
	 * @return the command
	 */
	public static ProbeCommand failOnStop(Throwable failure) {
		return onStop("fail on stop", Mono.error(failure));
	}

	private static ProbeCommand onStop(String name, Mono<Void> cleanup) {
		return new ProbeCommand(name, (probe, context) -> {
			probe.cleanup = cleanup;
			return Mono.empty();
		});
	}

	Publisher<?> perform(ProbeBehaviour probe, AgentContext<Object> context) throws Exception {
		return this.action.perform(probe, context);
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * What the probe does.
	 */
	@FunctionalInterface
	private interface Action {

		Publisher<?> perform(ProbeBehaviour probe, AgentContext<Object> context) throws Exception;

	}

}
