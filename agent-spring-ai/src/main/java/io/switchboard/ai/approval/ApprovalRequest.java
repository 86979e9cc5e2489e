package io.switchboard.ai.approval;

import java.time.Instant;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

/**
 * What a turn asks a person: whether to make a call of a tool, or what to do about a
 * failure.
 *
 * @param agent who leads the turn
 * @param turn the turn's id
 * @param call the id of the call, or of the question about a failure
 * @param tool the tool to be called, {@code null} if a failure is asked about
 * @param arguments what to call it with, {@code null} if a failure is asked about
 * @param failure what went wrong, the id of a
 * {@link io.switchboard.ai.failure.FailureClass}; {@code null} if a call is asked about
 * @param since when it was asked, by the runtime's clock
 * @since 0.1.0
 */
public record ApprovalRequest(AgentPath agent, String turn, String call, @Nullable String tool,
		@Nullable String arguments, @Nullable String failure, Instant since) {

}
