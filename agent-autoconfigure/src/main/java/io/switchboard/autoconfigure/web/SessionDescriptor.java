package io.switchboard.autoconfigure.web;

import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.switchboard.tree.NodeStatus;
import io.switchboard.tree.TreeNode;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.Message;

/**
 * A session on the wire.
 *
 * @param agent the agent's name
 * @param session the session's key
 * @param path where it lives
 * @param status what its agent is doing
 * @param incarnation the number of its agent's life, zero if it does not live
 * @param restarts automatic restarts since its agent was first started
 * @param transcript what was said, the oldest first
 * @param quarantine why the session cannot go on, {@code null} if it can
 */
record SessionDescriptor(String agent, @Nullable String session, String path, String status, long incarnation,
		long restarts, List<Said> transcript, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String quarantine) {

	static SessionDescriptor of(TurnTarget target, @Nullable TreeNode node, List<Message> transcript,
			@Nullable String quarantine) {
		NodeStatus status = (node != null) ? node.status() : NodeStatus.STOPPED;
		return new SessionDescriptor(target.agent().name(), target.session(), target.path().toString(), status.id(),
				(node != null) ? node.incarnation() : 0, (node != null) ? node.restarts() : 0,
				transcript.stream().map(Said::of).toList(), quarantine);
	}

	/**
	 * Something that was said.
	 *
	 * @param role who said it: {@code user}, {@code assistant}, {@code system} or
	 * {@code tool}
	 * @param text what was said
	 */
	record Said(String role, String text) {

		static Said of(Message message) {
			return new Said(message.getMessageType().getValue(), Objects.requireNonNullElse(message.getText(), ""));
		}

	}

}
