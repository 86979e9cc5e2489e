package io.switchboard.autoconfigure.actuate;

import java.time.Duration;

import io.switchboard.AgentPath;
import io.switchboard.jdbc.JdbcJournal;
import io.switchboard.jdbc.JournalStatistics;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells whether the journal can be read and written. While it cannot, no turn is
 * accepted, and those that run wait.
 */
final class JournalHealthIndicator extends AbstractReactiveHealthIndicator {

	/** Need not be there. */
	private static final AgentPath ANY_SESSION = AgentPath.of("/health");

	private final JdbcJournal journal;

	private final Duration patience;

	private final Scheduler scheduler;

	JournalHealthIndicator(JdbcJournal journal, Duration patience, Scheduler scheduler) {
		super("The journal cannot be read");
		this.journal = journal;
		this.patience = patience;
		this.scheduler = scheduler;
	}

	@Override
	protected Mono<Health> doHealthCheck(Health.Builder builder) {
		return this.journal.find(ANY_SESSION)
			.then(Mono.fromSupplier(() -> health(builder, this.journal.statistics())))
			.timeout(this.patience, this.scheduler);
	}

	private static Health health(Health.Builder builder, JournalStatistics statistics) {
		String trouble = statistics.trouble();
		Health.Builder health = (trouble != null) ? builder.down().withDetail("trouble", trouble) : builder.up();
		return health.withDetail("waitingWrites", statistics.waiting()).build();
	}

}
