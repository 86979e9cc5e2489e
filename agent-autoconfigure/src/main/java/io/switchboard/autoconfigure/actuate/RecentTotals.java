package io.switchboard.autoconfigure.actuate;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Clock;
import io.switchboard.AgentPath;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.tree.MailboxTotals;
import org.jspecify.annotations.Nullable;

/**
 * The totals of mailboxes as they are now, or were a moment ago: several meters that are
 * read together look at them once.
 */
final class RecentTotals {

	private static final long MOMENT = TimeUnit.SECONDS.toNanos(1);

	private final AgentSystem system;

	private final AgentPath path;

	private final Clock clock;

	private @Nullable MailboxTotals latest;

	private long readAt;

	RecentTotals(AgentSystem system, AgentPath path, Clock clock) {
		this.system = system;
		this.path = path;
		this.clock = clock;
	}

	synchronized MailboxTotals get() {
		long now = this.clock.monotonicTime();
		MailboxTotals known = this.latest;
		if (known == null || now - this.readAt >= MOMENT) {
			known = this.system.mailboxes(this.path);
			this.latest = known;
			this.readAt = now;
		}
		return known;
	}

}
