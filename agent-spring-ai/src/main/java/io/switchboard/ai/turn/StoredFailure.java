package io.switchboard.ai.turn;

import java.time.Duration;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import org.jspecify.annotations.Nullable;

/**
 * A failure as it is written down.
 *
 * @param failure the id of its class
 * @param detail what happened
 * @param retryAfter milliseconds for which the provider wants to be left alone, or
 * {@code null}
 */
record StoredFailure(String failure, String detail, @Nullable Long retryAfter) {

	static StoredFailure of(TurnFailure failure) {
		Duration retryAfter = failure.retryAfter();
		return new StoredFailure(failure.failure().id(), failure.detail(),
				(retryAfter != null) ? retryAfter.toMillis() : null);
	}

	static @Nullable StoredFailure ofNullable(@Nullable TurnFailure failure) {
		return (failure != null) ? of(failure) : null;
	}

	TurnFailure toFailure() {
		return new TurnFailure(FailureClass.of(this.failure), this.detail,
				(this.retryAfter != null) ? Duration.ofMillis(this.retryAfter) : null);
	}

	static @Nullable TurnFailure toNullable(@Nullable StoredFailure stored) {
		return (stored != null) ? stored.toFailure() : null;
	}

}
