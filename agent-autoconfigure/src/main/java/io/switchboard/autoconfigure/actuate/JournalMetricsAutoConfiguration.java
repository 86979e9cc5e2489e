package io.switchboard.autoconfigure.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.switchboard.autoconfigure.journal.JournalAutoConfiguration;
import io.switchboard.jdbc.JdbcJournal;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the metrics of a journal in a database, where the application has
 * Micrometer.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = JournalAutoConfiguration.class)
@ConditionalOnClass({ JdbcJournal.class, MeterRegistry.class })
public final class JournalMetricsAutoConfiguration {

	@Bean
	@ConditionalOnBean(JdbcJournal.class)
	@ConditionalOnMissingBean
	JournalMetrics journalMetrics(JdbcJournal journal) {
		return new JournalMetrics(journal);
	}

}
