package com.example.docs.agents;

import java.time.Duration;

import io.switchboard.AgentContext;
import io.switchboard.ExitReason;
import io.switchboard.annotation.Agent;
import io.switchboard.annotation.OnMessage;
import io.switchboard.annotation.OnStart;
import io.switchboard.annotation.OnStop;
import io.switchboard.supervision.Restart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Shows what an annotated class can have.
 */
// tag::lifecycle[]
@Agent(name = "countdown", perSession = true, restart = Restart.TRANSIENT, shutdown = "5s")
class CountdownAgent {

	private static final Logger logger = LoggerFactory.getLogger(CountdownAgent.class);

	private int counted;

	@OnStart
	Mono<Void> ready(AgentContext<Object> context) {
		logger.info("Countdown {} begins life {}", context.path(), context.incarnation());
		return Mono.empty();
	}

	@OnMessage
	Flux<Integer> count(Countdown countdown, AgentContext<Object> context) {
		this.counted++;
		return Flux.range(0, countdown.from())
			.map((step) -> countdown.from() - step)
			.delayElements(Duration.ofSeconds(1), context.scheduler());
	}

	@OnMessage
	Mono<Integer> reset(Reset reset) {
		int before = this.counted;
		this.counted = 0;
		return Mono.just(before);
	}

	@OnStop
	Mono<Void> goodbye(ExitReason reason) {
		logger.info("Countdown ends: {}", reason);
		return Mono.empty();
	}

}
// end::lifecycle[]
