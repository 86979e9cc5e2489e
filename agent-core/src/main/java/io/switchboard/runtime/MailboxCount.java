package io.switchboard.runtime;

import java.time.Duration;

import io.switchboard.tree.MailboxTotals;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what waits in front of agents, without a snapshot of each: there may be a
 * million.
 */
final class MailboxCount {

	private int agents;

	private long waiting;

	private int deepest;

	private long oldest = -1;

	private MailboxCount() {
	}

	static MailboxTotals of(@Nullable Cell cell) {
		MailboxCount count = new MailboxCount();
		count.add(cell);
		return new MailboxTotals(count.agents, count.waiting, count.deepest,
				(count.oldest >= 0) ? Duration.ofNanos(count.oldest) : null);
	}

	private void add(@Nullable Cell cell) {
		if (cell instanceof AgentCell agent) {
			this.agents++;
			int size = agent.waiting();
			this.waiting += size;
			this.deepest = Math.max(this.deepest, size);
			this.oldest = Math.max(this.oldest, agent.oldestWait());
		}
		else if (cell instanceof SupervisorCell supervisor) {
			SupervisorMachine rules = supervisor.machine();
			if (rules != null) {
				rules.children.unordered().forEach((child) -> add(child.cell));
			}
		}
	}

}
