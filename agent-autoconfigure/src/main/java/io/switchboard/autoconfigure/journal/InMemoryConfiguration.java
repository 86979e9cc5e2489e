package io.switchboard.autoconfigure.journal;

import io.switchboard.autoconfigure.journal.JournalProperties.Memory;
import io.switchboard.autoconfigure.journal.JournalProperties.Store;
import io.switchboard.journal.InMemoryJournal;
import io.switchboard.journal.Journal;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The journal in memory, if it is nowhere else.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(Journal.class)
class InMemoryConfiguration {

	@Bean
	Journal agentJournal(JournalSettings settings) {
		if (settings.properties().store() == Store.JDBC) {
			throw new JournalSetupException(
					"The journal cannot be kept in a database:%n%n    - switchboard.journal.store is 'jdbc', and the module io.switchboard:agent-jdbc is not there"
						.formatted(),
					"Add io.switchboard:agent-jdbc, or set 'switchboard.journal.store' to 'memory'.", null);
		}
		Memory memory = settings.properties().memory();
		return new InMemoryJournal(settings.retention(false).turns(), memory.maxSize().toBytes(),
				memory.maxTurnSize().toBytes());
	}

}
