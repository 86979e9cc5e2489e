package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.AgentDefinition;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.tree.MailboxTotals;

/**
 * Shows by agent what waits in its mailbox and how messages fare. All sessions of an
 * agent are one: they are added up when somebody looks, at most once in a while.
 */
final class MailboxMetrics implements MeterBinder {

	private final AgentSystem system;

	private final AgentCatalog catalog;

	private final MailboxTallies tallies;

	MailboxMetrics(AgentSystem system, AgentCatalog catalog, MailboxTallies tallies) {
		this.system = system;
		this.catalog = catalog;
		this.tallies = tallies;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.tallies.forEach((agent, tally) -> timers(registry, agent, tally));
		this.catalog.all().forEach((agent) -> gauges(registry, agent));
	}

	private static void timers(MeterRegistry registry, String agent, MailboxTally tally) {
		FunctionTimer
			.builder("switchboard.mailbox.wait", tally, MailboxTally::waits, MailboxTally::waitedNanos,
					TimeUnit.NANOSECONDS)
			.description("How long messages waited, of those whose wait was looked at")
			.tag("agent", agent)
			.register(registry);
		FunctionTimer
			.builder("switchboard.mailbox.handling", tally, MailboxTally::messages, MailboxTally::busyNanos,
					TimeUnit.NANOSECONDS)
			.description("Messages, and for how long agents had some in hand")
			.tag("agent", agent)
			.register(registry);
	}

	private void gauges(MeterRegistry registry, AgentDefinition agent) {
		RecentTotals totals = new RecentTotals(this.system, agent.path(), registry.config().clock());
		Gauge.builder("switchboard.mailbox.waiting", totals, (recent) -> recent.get().waiting())
			.description("Messages that wait")
			.tag("agent", agent.name())
			.strongReference(true)
			.register(registry);
		Gauge.builder("switchboard.mailbox.deepest", totals, (recent) -> recent.get().deepest())
			.description("Messages that wait in the fullest mailbox")
			.tag("agent", agent.name())
			.strongReference(true)
			.register(registry);
		TimeGauge.builder("switchboard.mailbox.oldest", totals, TimeUnit.NANOSECONDS, (recent) -> oldest(recent.get()))
			.description("How long the message has waited that has waited longest")
			.tag("agent", agent.name())
			.strongReference(true)
			.register(registry);
		if (agent.perSession()) {
			Gauge.builder("switchboard.sessions", totals, (recent) -> recent.get().agents())
				.description("Sessions in memory")
				.tag("agent", agent.name())
				.strongReference(true)
				.register(registry);
		}
	}

	private static double oldest(MailboxTotals totals) {
		Duration oldest = totals.oldest();
		return (oldest != null) ? oldest.toNanos() : 0;
	}

}
