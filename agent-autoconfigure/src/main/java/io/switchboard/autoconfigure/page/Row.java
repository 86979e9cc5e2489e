package io.switchboard.autoconfigure.page;

import java.time.Duration;
import java.time.Instant;

import io.switchboard.Activity;
import io.switchboard.tree.AgentNode;
import io.switchboard.tree.LastExit;
import io.switchboard.tree.MailboxState;
import io.switchboard.tree.SupervisorNode;
import io.switchboard.tree.TreeNode;
import org.jspecify.annotations.Nullable;

/**
 * A node as one line of the page.
 *
 * @param path where it is
 * @param name the last part of its path
 * @param type what it is
 * @param status what it is doing
 * @param incarnation the number of its life
 * @param restarts automatic restarts since it was first started
 * @param exit how its latest ended life ended, in a word
 * @param exitAt when it ended
 * @param mailbox messages that wait, absent for a supervisor
 * @param capacity messages that may wait, absent for a supervisor
 * @param oldest milliseconds that the first of them has waited
 * @param activity what it is at with the message in hand
 * @param children how many children it has, absent for an agent
 * @param spent restarts that count against its budget, absent for an agent
 * @param budget restarts that its budget allows, absent for an agent
 */
record Row(String path, String name, String type, String status, long incarnation, long restarts, @Nullable String exit,
		@Nullable Instant exitAt, @Nullable Integer mailbox, @Nullable Integer capacity, @Nullable Long oldest,
		@Nullable String activity, @Nullable Integer children, @Nullable Integer spent, @Nullable Integer budget) {

	static Row of(TreeNode node) {
		return (node instanceof SupervisorNode supervisor) ? of(supervisor) : of((AgentNode) node);
	}

	private static Row of(SupervisorNode node) {
		return new Row(node.path().toString(), name(node), node.type().id(), node.status().id(), node.incarnation(),
				node.restarts(), exit(node), exitAt(node), null, null, null, null, node.childCount(),
				node.restartsInWindow(), node.maxRestarts());
	}

	private static Row of(AgentNode node) {
		MailboxState mailbox = node.mailbox();
		Duration oldest = mailbox.oldest();
		return new Row(node.path().toString(), name(node), node.type().id(), node.status().id(), node.incarnation(),
				node.restarts(), exit(node), exitAt(node), mailbox.size(), mailbox.capacity(),
				(oldest != null) ? oldest.toMillis() : null, activity(node), null, null, null);
	}

	/**
	 * What a turn spends is no news in a line: every turn spends.
	 */
	private static @Nullable String activity(AgentNode node) {
		return node.activities()
			.stream()
			.map(Activity::name)
			.filter((name) -> !name.equals("spending"))
			.findFirst()
			.orElse(null);
	}

	private static String name(TreeNode node) {
		return (node.path().parent() != null) ? node.path().name() : "/";
	}

	private static @Nullable String exit(TreeNode node) {
		LastExit exit = node.lastExit();
		return (exit != null) ? exit.reason().kind() : null;
	}

	private static @Nullable Instant exitAt(TreeNode node) {
		LastExit exit = node.lastExit();
		return (exit != null) ? exit.at() : null;
	}

}
