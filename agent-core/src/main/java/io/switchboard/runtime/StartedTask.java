package io.switchboard.runtime;

import io.switchboard.AgentPath;
import io.switchboard.Task;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A task that keeps its answer for those who ask later.
 *
 * @param <T> the type of the answer
 */
final class StartedTask<T> implements Task<T> {

	private final TaskRun run;

	private final Answer<T> answer;

	StartedTask(TaskRun run, Answer<T> answer) {
		this.run = run;
		this.answer = answer;
	}

	@Override
	public AgentPath path() {
		return this.run.path();
	}

	@Override
	public Mono<T> await() {
		return this.answer.sink.asMono();
	}

	@Override
	public Mono<Void> shutdown() {
		return Mono.defer(() -> {
			this.run.shutdown();
			return this.answer.sink.asMono().onErrorComplete().then();
		});
	}

	@Override
	public String toString() {
		return "Task[" + path() + "]";
	}

	/**
	 * Where the answer is kept.
	 *
	 * @param <T> the type of the answer
	 */
	static final class Answer<T> implements TaskEnd {

		private final Sinks.One<T> sink = Sinks.one();

		@Override
		@SuppressWarnings("unchecked")
		public void answered(@Nullable Object answer) {
			this.sink.tryEmitValue((T) answer);
		}

		@Override
		public void failed(Throwable ex) {
			this.sink.tryEmitError(ex);
		}

	}

}
