package io.switchboard.ai.turn;

import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.switchboard.ai.failure.Causes;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.failure.TurnFailureException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * A turn or a step of it as an observation, which is stopped once, by whatever comes
 * first. Exceptions are told by their class alone, because their texts may quote people.
 */
final class ObservedPart {

	/** What nobody observes. */
	static final ObservedPart NONE = new ObservedPart(Observation.NOOP);

	static final String COMPLETED = "completed";

	static final String FAILED = "failed";

	static final String CANCELLED = "cancelled";

	static final String CRASHED = "crashed";

	private final Observation observation;

	private @Nullable TurnFailure failure;

	private boolean over;

	private ObservedPart(Observation observation) {
		this.observation = observation;
	}

	/**
	 * Start an observation.
	 * @param observation the observation
	 * @return the part, {@link #NONE} if the application does not want to see it
	 */
	static ObservedPart begin(Observation observation) {
		return observation.isNoop() ? NONE : new ObservedPart(observation.start());
	}

	/**
	 * Let all that is done in a part be observed below it.
	 * @param work what is done
	 * @param onError how the part ends if that ends with an error
	 * @param <T> the type of its elements
	 * @return the work, whose end by an error or a cancellation is the part's end
	 */
	<T> Flux<T> around(Flux<T> work, String onError) {
		return (this == NONE) ? work : work.doOnError((ex) -> {
			failed(failureOf(ex));
			end(onError);
		})
			.doOnCancel(() -> end(CANCELLED))
			.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, this.observation));
	}

	private static TurnFailure failureOf(Throwable ex) {
		return (Causes.unwrap(ex) instanceof TurnFailureException known) ? known.failure()
				: TurnFailure.of(FailureClass.BUG);
	}

	synchronized void failed(TurnFailure failure) {
		if (this != NONE && !this.over) {
			this.failure = failure;
			this.observation.error(new TurnFailureException(failure));
		}
	}

	void end() {
		end(null);
	}

	/**
	 * The part is over, unless it was before.
	 * @param outcome how it ended, or {@code null} if that is up to whether it failed
	 */
	synchronized void end(@Nullable String outcome) {
		if (this == NONE || this.over) {
			return;
		}
		this.over = true;
		TurnFailure failed = this.failure;
		String known = (failed != null) ? FAILED : COMPLETED;
		this.observation.lowCardinalityKeyValue("outcome", (outcome != null) ? outcome : known)
			.lowCardinalityKeyValue("failure", (failed != null) ? failed.failure().id() : TurnObserver.NO)
			.stop();
	}

}
