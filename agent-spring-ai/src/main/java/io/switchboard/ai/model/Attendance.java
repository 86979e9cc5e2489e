package io.switchboard.ai.model;

import io.switchboard.ai.failure.FailureClassifier;
import io.switchboard.ai.failure.TurnFailure;
import reactor.core.observability.DefaultSignalListener;
import reactor.core.publisher.SignalType;

/**
 * Tells the gate how a call fares. The gate takes what it has heard already for nothing.
 *
 * @param <T> the type of the pieces
 */
final class Attendance<T> extends DefaultSignalListener<T> {

	private final ProviderGate gate;

	private final Ticket ticket;

	private final FailureClassifier failures;

	private boolean answered;

	Attendance(ProviderGate gate, Ticket ticket, FailureClassifier failures) {
		this.gate = gate;
		this.ticket = ticket;
		this.failures = failures;
	}

	@Override
	public void doOnNext(T value) {
		if (!this.answered) {
			this.answered = true;
			this.gate.answered(this.ticket);
		}
	}

	@Override
	public void doOnComplete() {
		this.gate.ended(this.ticket, Outcome.ANSWERED, null);
	}

	@Override
	public void doOnError(Throwable error) {
		TurnFailure failure = this.failures.classify(error);
		this.gate.ended(this.ticket, (failure != null) ? Outcome.of(failure.failure()) : Outcome.UNDECIDED, failure);
	}

	/**
	 * A call makes room when it is cancelled, not when that is wished.
	 */
	@Override
	public void doFinally(SignalType terminationType) {
		if (terminationType == SignalType.CANCEL) {
			this.gate.ended(this.ticket, Outcome.UNDECIDED, null);
		}
	}

}
