package io.switchboard.autoconfigure.actuate;

import io.switchboard.autoconfigure.journal.JournalAutoConfiguration;
import io.switchboard.autoconfigure.journal.JournalProperties;
import io.switchboard.jdbc.JdbcJournal;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health of a journal in a database.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = JournalAutoConfiguration.class)
@ConditionalOnClass({ JdbcJournal.class, ReactiveHealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("journal")
public final class JournalHealthAutoConfiguration {

	@Bean
	@ConditionalOnBean(JdbcJournal.class)
	@ConditionalOnMissingBean(name = "journalHealthIndicator")
	ReactiveHealthIndicator journalHealthIndicator(JdbcJournal journal, JournalProperties properties) {
		return new JournalHealthIndicator(journal, properties.acceptTimeout(), Schedulers.parallel());
	}

}
