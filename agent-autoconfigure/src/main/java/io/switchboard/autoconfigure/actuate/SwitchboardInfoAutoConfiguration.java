package io.switchboard.autoconfigure.actuate;

import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.autoconfigure.journal.JournalAutoConfiguration;
import io.switchboard.journal.Journal;
import io.switchboard.runtime.AgentSystem;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of what {@code /actuator/info} says of the agents.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { AgentSystemAutoConfiguration.class, JournalAutoConfiguration.class })
@ConditionalOnClass({ AgentSystem.class, InfoContributor.class, ConditionalOnEnabledInfoContributor.class })
@ConditionalOnEnabledInfoContributor("switchboard")
public final class SwitchboardInfoAutoConfiguration {

	@Bean
	@ConditionalOnBean({ AgentSystem.class, AgentCatalog.class })
	@ConditionalOnMissingBean(name = "switchboardInfoContributor")
	InfoContributor switchboardInfoContributor(AgentSystem system, AgentCatalog catalog,
			ObjectProvider<Journal> journal) {
		return new SwitchboardInfoContributor(system, catalog, journal.getIfUnique());
	}

}
