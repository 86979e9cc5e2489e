package com.example.docs.tasks;

import java.time.Duration;
import java.util.function.Function;

import io.switchboard.AgentContext;
import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.TaskTimeoutException;
import io.switchboard.Tasks;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

// tag::buyer[]
class Buyer implements Behaviour<String> {

	private final Function<String, Integer> shop;

	Buyer(Function<String, Integer> shop) {
		this.shop = shop;
	}

	@Override
	public Publisher<?> onMessage(String article, AgentContext<String> context) {
		Tasks tasks = context.tasks(AgentPath.of("/tools")).named("price");
		return tasks.runBlocking(() -> this.shop.apply(article), Duration.ofSeconds(30))
			.map((price) -> article + " costs " + price)
			.onErrorResume(TaskTimeoutException.class, (ex) -> Mono.just("the shop does not answer"))
			.onErrorResume(AgentExitedException.class, (ex) -> Mono.just("the shop is broken"));
	}

}
// end::buyer[]
