package io.switchboard.ai.turn;

import java.util.ArrayList;
import java.util.List;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.messages.UserMessage;

/**
 * Shortens what was said before a turn: the older half goes, or a summary takes its
 * place, and what is left begins with something that a user has said.
 */
final class HistoryCut {

	private HistoryCut() {
	}

	/**
	 * Shorten a history.
	 * @param history the messages, the oldest first
	 * @return the latest of them, fewer than before
	 */
	static List<Message> half(List<Message> history) {
		for (int from = (history.size() + 1) / 2; from < history.size(); from++) {
			if (history.get(from).getMessageType() == MessageType.USER) {
				return history.subList(from, history.size());
			}
		}
		return List.of();
	}

	/**
	 * Ask for a summary of what {@link #half} drops.
	 * @param history the messages, the oldest first
	 * @return what to ask a model
	 */
	static List<Message> askForSummary(List<Message> history) {
		StringBuilder said = new StringBuilder();
		for (Message message : history.subList(0, history.size() - half(history).size())) {
			said.append(message.getMessageType().getValue()).append(": ").append(message.getText()).append('\n');
		}
		return List.of(new UserMessage(
				"""
						Sum up the beginning of a conversation, so that it can go on without it. Keep names, numbers, decisions, \
						wishes and open questions; leave out what is settled. Write nothing but the summary. The beginning is:

						"""
						+ said));
	}

	/**
	 * Put a summary in the place of what {@link #half} drops.
	 * @param history the messages, the oldest first
	 * @param summary the summary
	 * @return the summary and the latest of the messages
	 */
	static List<Message> summarized(List<Message> history, String summary) {
		List<Message> result = new ArrayList<>();
		result.add(new UserMessage("What was said before, in short: " + summary.strip()));
		result.add(new AssistantMessage("I will keep that in mind."));
		result.addAll(half(history));
		return result;
	}

}
