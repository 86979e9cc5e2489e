package io.switchboard.test.behaviour;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.switchboard.AgentRef;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.runtime.AgentSystemBuilder;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.EventRecorder;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A running system on the runtime's own threads, for what virtual time cannot show.
 */
final class RealThreads implements AutoCloseable {

	final EventRecorder events = new EventRecorder();

	final AgentSystem system;

	RealThreads(SupervisorSpec root) {
		this(root, UnaryOperator.identity());
	}

	RealThreads(SupervisorSpec root, UnaryOperator<AgentSystemBuilder> settings) {
		this.system = settings.apply(AgentSystem.builder(root).listener(this.events)).build();
		await(this.system.start());
	}

	AgentRef<Object> agent(String path) {
		return this.system.agent(path, Object.class);
	}

	static <T> @Nullable T await(Mono<T> mono) {
		return mono.block(Trees.LIMIT);
	}

	static void await(CountDownLatch latch) {
		try {
			if (!latch.await(Trees.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
				throw new AssertionError("It did not happen within " + Trees.LIMIT);
			}
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@Override
	public void close() {
		await(this.system.stop());
	}

}
