package io.switchboard.test;

import io.switchboard.AgentContext;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * One life of a probe.
 */
final class ProbeBehaviour implements Behaviour<Object> {

	private final AgentProbe probe;

	private final StartAnswer answer;

	Mono<Void> cleanup = Mono.empty();

	ProbeBehaviour(AgentProbe probe, StartAnswer answer) {
		this.probe = probe;
		this.answer = answer;
	}

	@Override
	public Mono<Void> onStart(AgentContext<Object> context) {
		return switch (this.answer) {
			case OK -> Mono.fromRunnable(() -> started(context));
			case IGNORE -> context.ignoreStart();
			case ERROR, THROW -> Mono.error(new ProbeFailure("told to fail the start"));
			case HANG -> this.probe.hangStart().doOnSuccess((nothing) -> started(context));
		};
	}

	private void started(AgentContext<Object> context) {
		this.probe.started(context.path(), context.incarnation());
	}

	@Override
	public Publisher<?> onMessage(Object message, AgentContext<Object> context) throws Exception {
		this.probe.report(ProbeEvent.MESSAGE, context.incarnation(), message);
		return (message instanceof ProbeCommand command) ? command.perform(this, context) : Mono.just(message);
	}

	@Override
	public Mono<Void> onStop(ExitReason reason, AgentContext<Object> context) {
		this.probe.report(ProbeEvent.STOP, context.incarnation(), reason);
		return this.cleanup;
	}

}
