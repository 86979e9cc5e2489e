package io.switchboard.autoconfigure.journal;

import io.switchboard.ai.Conversations;
import io.switchboard.ai.turn.GivenUpTurns;
import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.journal.Journal;
import io.switchboard.journal.JournalWriters;
import io.switchboard.runtime.AgentSystem;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the journal: in the application's database or a file of its own
 * if the module {@code agent-jdbc} is there, else in memory.
 * <p>
 * Define a {@link Journal} bean to keep it elsewhere.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = AgentSystemAutoConfiguration.class,
		afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass(AgentSystem.class)
@EnableConfigurationProperties(JournalProperties.class)
@Import({ DatabaseConfiguration.class, InMemoryConfiguration.class })
public final class JournalAutoConfiguration {

	private static final int IDLE_SECONDS = 60;

	@Bean
	JournalSettings agentJournalSettings(JournalProperties properties, Environment environment) {
		return JournalSettings.check(properties, environment);
	}

	@Bean
	@ConditionalOnMissingBean
	JournalWriters agentJournalWriters(Journal journal, JournalSettings settings) {
		return new JournalWriters(journal);
	}

	/** It only tells the time to what deletes on other threads. */
	@Bean(defaultCandidate = false, destroyMethod = "dispose")
	Scheduler agentJournalClock() {
		return Schedulers.newBoundedElastic(1, Integer.MAX_VALUE, "switchboard-journal-cleaner", IDLE_SECONDS, true);
	}

	@Bean
	JournalCleaner agentJournalCleaner(JournalWriters writers, JournalSettings settings,
			ObjectProvider<SessionMemory> memory, @Qualifier("agentJournalClock") Scheduler scheduler) {
		return new JournalCleaner(writers, settings.retention(writers.journal().isDurable()),
				memory.getIfAvailable(() -> (path) -> Mono.empty()), settings.properties().retention().interval(),
				scheduler);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Conversations.class)
	static class ConversationsConfiguration {

		@Bean
		SessionMemory agentSessionMemory(ObjectProvider<Conversations> conversations,
				ObjectProvider<GivenUpTurns> givenUp) {
			return (path) -> Mono.defer(() -> {
				givenUp.ifAvailable((turns) -> turns.forget(path));
				Conversations known = conversations.getIfAvailable();
				return (known != null) ? known.forget(path) : Mono.empty();
			});
		}

	}

}
