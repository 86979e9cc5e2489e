package io.switchboard.autoconfigure.operations;

import io.switchboard.ai.turn.GivenUpTurns;
import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.event.AgentEvent.CrashReported;
import io.switchboard.event.AgentEvent.DeadLetter;
import io.switchboard.runtime.AgentSystem;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of what operators do by hand, and of what they look at when
 * something has gone wrong.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AgentSystemAutoConfiguration.class,
		afterName = "io.switchboard.autoconfigure.chat.ModelAgentAutoConfiguration")
@ConditionalOnClass(AgentSystem.class)
@ConditionalOnBean(AgentSystem.class)
public final class AgentOperationsAutoConfiguration {

	private static final int DEAD_LETTERS = 500;

	private static final int CRASHES = 100;

	@Bean
	@ConditionalOnMissingBean
	AgentOperations agentOperations(AgentSystem system) {
		return new AgentOperations(system);
	}

	@Bean
	RecentEvents<DeadLetter> recentDeadLetters() {
		return new RecentEvents<>(DeadLetter.class, DEAD_LETTERS);
	}

	@Bean
	RecentEvents<CrashReported> recentCrashes() {
		return new RecentEvents<>(CrashReported.class, CRASHES);
	}

	@Bean
	DeadLetters deadLetters(AgentSystem system, RecentEvents<DeadLetter> recentDeadLetters,
			ObjectProvider<DeadTurns> turns) {
		return new DeadLetters(system, recentDeadLetters, turns.getIfAvailable());
	}

	@Bean
	CrashLog crashLog(RecentEvents<CrashReported> recentCrashes) {
		return new CrashLog(recentCrashes);
	}

	/**
	 * Turns are there with model agents only.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(GivenUpTurns.class)
	static class TurnConfiguration {

		@Bean
		@ConditionalOnBean(GivenUpTurns.class)
		DeadTurns deadTurns(AgentSystem system, GivenUpTurns turns) {
			return new GivenUpDeadTurns(system, turns);
		}

	}

}
