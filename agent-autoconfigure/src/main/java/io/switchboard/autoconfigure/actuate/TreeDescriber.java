package io.switchboard.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.switchboard.Activity;
import io.switchboard.autoconfigure.actuate.AgentDescriptor.Definition;
import io.switchboard.autoconfigure.actuate.AgentDescriptor.Mailbox;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.tree.AgentNode;
import io.switchboard.tree.LastExit;
import io.switchboard.tree.MailboxState;
import io.switchboard.tree.SupervisorNode;
import io.switchboard.tree.TreeNode;
import org.jspecify.annotations.Nullable;

/**
 * Turns a snapshot into what goes over the wire.
 *
 * @param reasons how much is told of why something ended
 */
record TreeDescriber(ReasonText reasons) {

	NodeDescriptor describe(TreeNode node) {
		return (node instanceof SupervisorNode supervisor) ? describe(supervisor) : describe((AgentNode) node);
	}

	private NodeDescriptor describe(AgentNode node) {
		return new AgentDescriptor(node.path().toString(), node.type().id(), node.status().id(), node.incarnation(),
				node.restarts(), lastExit(node), node.restartingUntil(), kebab(node.restart()),
				describe(node.mailbox()), new Definition(node.version()), describe(node.activities()));
	}

	private static @Nullable Map<String, Map<String, Object>> describe(List<Activity> activities) {
		if (activities.isEmpty()) {
			return null;
		}
		Map<String, Map<String, Object>> described = new LinkedHashMap<>();
		for (Activity activity : activities) {
			Map<String, Object> facts = new LinkedHashMap<>();
			facts.put("since", activity.since());
			activity.facts().forEach(facts::putIfAbsent);
			described.put(activity.name(), facts);
		}
		return described;
	}

	private NodeDescriptor describe(SupervisorNode node) {
		List<NodeDescriptor> children = node.children().stream().map(this::describe).toList();
		return new SupervisorDescriptor(node.path().toString(), node.type().id(), node.status().id(),
				node.incarnation(), node.restarts(), lastExit(node), node.restartingUntil(), kebab(node.strategy()),
				node.maxRestarts(), node.within(), node.restartsInWindow(), node.childCount(), children, node.next());
	}

	private Mailbox describe(MailboxState mailbox) {
		return new Mailbox(mailbox.size(), mailbox.capacity(), mailbox.oldest());
	}

	private @Nullable ExitDescriptor lastExit(TreeNode node) {
		LastExit exit = node.lastExit();
		return (exit != null)
				? new ExitDescriptor(exit.reason().kind(), this.reasons.describe(node.path(), exit.reason()), exit.at())
				: null;
	}

	static String kebab(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
