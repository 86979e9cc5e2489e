package io.switchboard.autoconfigure.actuate;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.switchboard.jdbc.JdbcJournal;

/**
 * Shows how the journal keeps up with what is written.
 */
final class JournalMetrics implements MeterBinder {

	private final JdbcJournal journal;

	JournalMetrics(JdbcJournal journal) {
		this.journal = journal;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder("switchboard.journal.writes", this.journal, (journal) -> journal.statistics().writes())
			.description("Writes that were kept, or refused for good")
			.register(registry);
		FunctionTimer
			.builder("switchboard.journal.commit", this.journal, (journal) -> journal.statistics().commits(),
					(journal) -> journal.statistics().committing().toNanos(), TimeUnit.NANOSECONDS)
			.description("Transactions that held writes")
			.register(registry);
		FunctionCounter
			.builder("switchboard.journal.failures", this.journal, (journal) -> journal.statistics().failures())
			.description("Transactions that failed and were tried again")
			.register(registry);
		Gauge.builder("switchboard.journal.waiting", this.journal, (journal) -> journal.statistics().waiting())
			.description("Writes that wait for the database")
			.register(registry);
	}

}
