package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.ai.Conversations;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.AgentDefinition;
import io.switchboard.event.AgentEventListener;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.report.Sanitizer;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.BudgetScope;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.SupervisorSpec;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * An application with agents that do what they are told:
 * <ul>
 * <li>{@code support} has sessions; their agents are {@link Obedient}</li>
 * <li>{@code shy} has one session at most, and one message may wait for it</li>
 * <li>{@code echo} has no sessions and takes text</li>
 * <li>{@code prices} takes text and answers with an object</li>
 * <li>{@code triage} has no sessions and is {@link Obedient}</li>
 * <li>{@code counter} takes numbers only</li>
 * <li>{@code brief} stops after its first message</li>
 * </ul>
 */
@SpringBootConfiguration
@EnableAutoConfiguration
class Desk {

	private static final AgentPath DESK = AgentPath.of("/desk");

	@Bean
	Sanitizer sanitizer() {
		return Sanitizer.showing();
	}

	@Bean
	Gates gates() {
		return new Gates();
	}

	@Bean
	Conversations conversations() {
		return Conversations.inMemory();
	}

	@Bean
	AgentCatalog agentCatalog() {
		return new AgentCatalog(List.of(definition("support", true, TurnRequest.class),
				definition("shy", true, TurnRequest.class), definition("echo", false, String.class),
				definition("prices", false, String.class), definition("triage", false, TurnRequest.class),
				definition("counter", false, Integer.class), definition("brief", false, String.class)));
	}

	private static AgentDefinition definition(String name, boolean perSession, Class<?> messageType) {
		return new AgentDefinition(name, DESK.child(name), perSession, Set.of(messageType));
	}

	@Bean(destroyMethod = "")
	AgentSystem agentSystem(Gates gates, ObjectProvider<AgentEventListener> listeners) {
		var builder = AgentSystem.builder(SupervisorSpec.builder("root").child(desk(gates)).build());
		listeners.orderedStream().forEach(builder::listener);
		AgentSystem system = builder.build();
		system.start().block(Duration.ofSeconds(60));
		return system;
	}

	private static SupervisorSpec desk(Gates gates) {
		RestartIntensity plenty = new RestartIntensity(1000, Duration.ofMinutes(1));
		return SupervisorSpec.builder("desk")
			.intensity(plenty)
			.child(DynamicSupervisorSpec.builder("support")
				.intensity(plenty)
				.budgetScope(BudgetScope.CHILD)
				.template((session) -> obedient(session, gates).build())
				.build())
			.child(DynamicSupervisorSpec.builder("shy")
				.maxChildren(1)
				.template((session) -> obedient(session, gates).mailbox(MailboxSpec.defaults().withCapacity(1)).build())
				.build())
			.child(text("echo", (message, context) -> Mono.just("You said: " + message)).build())
			.child(text("prices", (message, context) -> Mono.just(Map.of("item", message, "price", 12))).build())
			.child(obedient("triage", gates).build())
			.child(AgentSpec.builder("counter", Integer.class, () -> (message, context) -> Mono.just(message)).build())
			.child(text("brief", (message, context) -> {
				context.stop();
				return Mono.just("bye");
			}).restart(Restart.TRANSIENT).build())
			.build();
	}

	private static AgentSpec.Builder<TurnRequest> obedient(String id, Gates gates) {
		return AgentSpec.builder(id, TurnRequest.class, () -> new Obedient(gates));
	}

	private static AgentSpec.Builder<String> text(String id, Behaviour<String> behaviour) {
		return AgentSpec.builder(id, String.class, () -> behaviour);
	}

}
