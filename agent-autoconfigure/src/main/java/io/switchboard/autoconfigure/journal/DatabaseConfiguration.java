package io.switchboard.autoconfigure.journal;

import io.switchboard.jdbc.ContentCodec;
import io.switchboard.jdbc.JdbcJournal;
import io.switchboard.journal.Journal;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * The journal in a database.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JdbcJournal.class)
@Conditional(DatabaseConfiguration.NotInMemory.class)
@ConditionalOnMissingBean(Journal.class)
class DatabaseConfiguration {

	@Bean
	JournalDatabase agentJournalDatabase(JournalSettings settings, ListableBeanFactory beanFactory) {
		return new DatabaseChoice(settings.properties(), new DataSources(beanFactory)).choose();
	}

	@Bean
	JournalThreads agentJournalThreads(JournalSettings settings, JournalDatabase database) {
		return JournalThreads.of(settings.properties().connections());
	}

	/** The application's own scripts come first: some want to find no tables. */
	@Bean
	@DependsOnDatabaseInitialization
	JdbcJournal agentJournal(JournalSettings settings, JournalDatabase database, JournalThreads threads,
			ObjectProvider<ContentCodec> codec) {
		return JournalInDatabase.open(settings.properties(), database, threads,
				codec.getIfAvailable(ContentCodec::plain));
	}

	static final class NotInMemory extends NoneNestedConditions {

		NotInMemory() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnProperty(name = "switchboard.journal.store", havingValue = "memory")
		static class InMemory {

		}

	}

}
