package io.switchboard.ai.turn;

import java.util.List;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;

/**
 * Shortens what was said before a turn: the older half goes, and what is left begins with
 * something that a user has said.
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

}
