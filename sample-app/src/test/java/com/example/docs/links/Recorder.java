package com.example.docs.links;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Shows an agent that makes no sense without another.
 */
// tag::recorder[]
class Recorder implements Behaviour<String> {

	@Override
	public Mono<Void> onStart(AgentContext<String> context) {
		context.link(AgentPath.of("/microphone"));
		return Mono.empty();
	}

	@Override
	public Publisher<?> onMessage(String words, AgentContext<String> context) {
		return Mono.just("recorded: " + words);
	}

}
// end::recorder[]
