package io.switchboard.ai.turn;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The turn waits until a person has decided about a call of a tool, or about a failure.
 * What follows depends on that: the call of the tool or a result that says that it was
 * declined; another attempt or the turn's end. A turn may wait for several decisions at
 * once.
 *
 * @param turn the turn's id
 * @param call the id to decide about: the call's, as the provider numbered it, or that of
 * the question about a failure
 * @param tool the tool's name, {@code null} if a failure is asked about
 * @param arguments the arguments as the model wrote them, {@code null} if a failure is
 * asked about
 * @param failure what went wrong, the id of a
 * {@link io.switchboard.ai.failure.FailureClass}; {@code null} if a call is asked about
 * @since 0.1.0
 * @see io.switchboard.ai.approval.Approvals#decide
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AwaitingApproval(String turn, String call, @Nullable String tool, @Nullable String arguments,
		@Nullable String failure) implements TurnEvent {

	@Override
	public String type() {
		return "awaiting-approval";
	}

}
