package io.switchboard.ai.turn;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.switchboard.ai.approval.Decision;
import io.switchboard.ai.tool.ToolOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a turn as it is written down: one record a kind, made of what JSON can
 * hold. The names of kinds and components are those of the tables: to change one is to
 * change what was written before.
 */
sealed interface StoredInput {

	TurnInput toInput();

	/**
	 * The word for what happened.
	 * @return the kind
	 */
	default StoredKind kind() {
		return Arrays.stream(StoredKind.values()).filter((kind) -> kind.type() == getClass()).findFirst().orElseThrow();
	}

	static StoredInput of(TurnInput input) {
		if (input instanceof TurnInput.Begun begun) {
			return new Begun(StoredMessage.of(begun.history()), begun.unseen(), begun.at());
		}
		if (input instanceof TurnInput.Answered answered) {
			return Answered.of(answered);
		}
		if (input instanceof TurnInput.CallFailed failed) {
			return new CallFailed(StoredFailure.of(failed.failure()), failed.shown());
		}
		if (input instanceof TurnInput.ToolStarted started) {
			return new ToolStarted(started.call());
		}
		if (input instanceof TurnInput.ToolEnded ended) {
			return ToolEnded.of(ended);
		}
		if (input instanceof TurnInput.Decided decided) {
			return Decided.of(decided);
		}
		if (input instanceof TurnInput.Broken broken) {
			return new Broken(StoredFailure.of(broken.failure()), broken.usage(), broken.cost());
		}
		if (input instanceof TurnInput.Compacted compacted) {
			return new Compacted(StoredMessage.of(compacted.history()), compacted.usage(), compacted.cost());
		}
		if (input instanceof TurnInput.Reopened) {
			return new Reopened();
		}
		return (input instanceof TurnInput.Resumed) ? new Resumed() : new Waited();
	}

	/**
	 * The turn began.
	 *
	 * @param history what was said before, as far as the model is told
	 * @param unseen how many messages it is not told
	 * @param at when, in milliseconds
	 */
	record Begun(List<StoredMessage> history, int unseen, long at) implements StoredInput {

		@Override
		public TurnInput toInput() {
			return new TurnInput.Begun(StoredMessage.toMessages(this.history), this.unseen, this.at);
		}

	}

	/**
	 * The model answered.
	 *
	 * @param message its message
	 * @param usage the tokens
	 * @param finishReason why it stopped, or {@code null}
	 * @param cost the money
	 * @param objection what is wrong with the answer, or {@code null}
	 */
	record Answered(StoredMessage message, Usage usage, @Nullable String finishReason, BigDecimal cost,
			@Nullable StoredFailure objection) implements StoredInput {

		static Answered of(TurnInput.Answered answered) {
			ModelAnswer answer = answered.answer();
			return new Answered(StoredMessage.of(answer.message()), answer.usage(), answer.finishReason(),
					answer.cost(), StoredFailure.ofNullable(answered.objection()));
		}

		@Override
		public TurnInput toInput() {
			return new TurnInput.Answered(
					new ModelAnswer(this.message.toAnswer(), this.usage, this.finishReason, this.cost),
					StoredFailure.toNullable(this.objection));
		}

	}

	/**
	 * The model did not answer.
	 *
	 * @param failure why
	 * @param shown whether a part of an answer was shown
	 */
	record CallFailed(StoredFailure failure, boolean shown) implements StoredInput {

		@Override
		public TurnInput toInput() {
			return new TurnInput.CallFailed(this.failure.toFailure(), this.shown);
		}

	}

	/**
	 * A tool was about to be called.
	 *
	 * @param call the id of the call
	 */
	record ToolStarted(String call) implements StoredInput {

		@Override
		public TurnInput toInput() {
			return new TurnInput.ToolStarted(this.call);
		}

	}

	/**
	 * The call of a tool was over. What it gave the program is not kept: it was handed
	 * over, and need not be anything that can be written.
	 *
	 * @param call the id of the call
	 * @param forModel what the model is told
	 * @param failure what went wrong, or {@code null}
	 * @param usage the tokens of agents that were asked in the call
	 * @param cost the money of those
	 */
	record ToolEnded(String call, String forModel, @Nullable StoredFailure failure, Usage usage,
			BigDecimal cost) implements StoredInput {

		static ToolEnded of(TurnInput.ToolEnded ended) {
			ToolOutcome outcome = ended.outcome();
			return new ToolEnded(ended.call(), outcome.forModel(),
					(outcome instanceof ToolOutcome.Failed failed) ? StoredFailure.of(failed.failure()) : null,
					ended.usage(), ended.cost());
		}

		@Override
		public TurnInput toInput() {
			return new TurnInput.ToolEnded(this.call,
					(this.failure != null) ? new ToolOutcome.Failed(this.failure.toFailure(), this.forModel)
							: new ToolOutcome.Result(this.forModel, null),
					this.usage, this.cost);
		}

	}

	/**
	 * A person decided.
	 *
	 * @param call the id of the call, or of the question
	 * @param decision {@code approve}, {@code edit} or {@code reject}
	 * @param text what was said with it, or {@code null}
	 */
	record Decided(String call, String decision, @Nullable String text) implements StoredInput {

		private static final String APPROVE = "approve";

		private static final String EDIT = "edit";

		private static final String REJECT = "reject";

		static Decided of(TurnInput.Decided decided) {
			if (decided.decision() instanceof Decision.Edit edit) {
				return new Decided(decided.call(), EDIT, edit.text());
			}
			if (decided.decision() instanceof Decision.Reject reject) {
				return new Decided(decided.call(), REJECT, reject.reason());
			}
			return new Decided(decided.call(), APPROVE, null);
		}

		@Override
		public TurnInput toInput() {
			return new TurnInput.Decided(this.call, switch (this.decision) {
				case APPROVE -> new Decision.Approve();
				case EDIT -> new Decision.Edit(said());
				case REJECT -> new Decision.Reject(said());
				default -> throw new IllegalArgumentException("Decision '%s' is unknown: %s, %s and %s are known"
					.formatted(this.decision, APPROVE, EDIT, REJECT));
			});
		}

		private String said() {
			return Objects.requireNonNull(this.text, "'text' must not be null");
		}

	}

	/**
	 * Something was broken.
	 *
	 * @param failure what is known of it
	 * @param usage the tokens of agents that were asked in calls that it has ended
	 * @param cost the money of those
	 */
	record Broken(StoredFailure failure, Usage usage, BigDecimal cost) implements StoredInput {

		@Override
		public TurnInput toInput() {
			return new TurnInput.Broken(this.failure.toFailure(), this.usage, this.cost);
		}

	}

	/**
	 * The wait was over.
	 */
	record Waited() implements StoredInput {

		@Override
		public TurnInput toInput() {
			return new TurnInput.Waited();
		}

	}

	/**
	 * The history was shortened.
	 *
	 * @param history what is left of it
	 * @param usage the tokens that took
	 * @param cost the money that took
	 */
	record Compacted(List<StoredMessage> history, Usage usage, BigDecimal cost) implements StoredInput {

		@Override
		public TurnInput toInput() {
			return new TurnInput.Compacted(StoredMessage.toMessages(this.history), this.usage, this.cost);
		}

	}

	/**
	 * Another life went on with the turn.
	 */
	record Resumed() implements StoredInput {

		@Override
		public TurnInput toInput() {
			return new TurnInput.Resumed();
		}

	}

	/**
	 * Another process went on with the turn.
	 */
	record Reopened() implements StoredInput {

		@Override
		public TurnInput toInput() {
			return new TurnInput.Reopened();
		}

	}

}
