package io.switchboard.runtime;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/**
 * Tells a subscriber of the end of its task.
 *
 * @param sink the subscriber
 * @param <T> the type of the answer
 */
record AnsweredTask<T>(MonoSink<T> sink) implements TaskEnd {

	@Override
	@SuppressWarnings("unchecked")
	public void answered(@Nullable Object answer) {
		if (answer != null) {
			this.sink.success((T) answer);
		}
		else {
			this.sink.success();
		}
	}

	@Override
	public void failed(Throwable ex) {
		this.sink.error(ex);
	}

}
