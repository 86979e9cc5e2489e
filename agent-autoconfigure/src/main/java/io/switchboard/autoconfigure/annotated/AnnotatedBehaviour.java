package io.switchboard.autoconfigure.annotated;

import io.switchboard.AgentContext;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One incarnation of an annotated agent.
 */
final class AnnotatedBehaviour implements Behaviour<Object> {

	private final AgentClass agent;

	private final AgentBean bean;

	AnnotatedBehaviour(AgentClass agent, AgentBean bean) {
		this.agent = agent;
		this.bean = bean;
	}

	@Override
	public Mono<Void> onStart(AgentContext<Object> context) throws Exception {
		return callOrRelease(this.agent.start(), null, context).doOnError((ex) -> this.bean.release())
			.doOnCancel(this.bean::release);
	}

	@Override
	public Publisher<?> onMessage(Object message, AgentContext<Object> context) throws Exception {
		return this.agent.handlers().handlerFor(message.getClass()).call(this.bean.instance(), message, context);
	}

	@Override
	public Mono<Void> onStop(ExitReason reason, AgentContext<Object> context) throws Exception {
		Mono<Void> stopped = callOrRelease(this.agent.stop(), reason, context);
		return Mono.using(() -> this.bean, (bean) -> stopped, AgentBean::release);
	}

	private Mono<Void> callOrRelease(@Nullable AgentMethod method, @Nullable ExitReason reason,
			AgentContext<Object> context) throws Exception {
		if (method == null) {
			return Mono.empty();
		}
		boolean called = false;
		try {
			Mono<Void> done = Flux.from(method.call(this.bean.instance(), reason, context)).then();
			called = true;
			return done;
		}
		finally {
			if (!called) {
				this.bean.release();
			}
		}
	}

}
