package io.switchboard.ai.turn;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.tokenizer.JTokkitTokenCountEstimator;
import org.springframework.ai.tokenizer.TokenCountEstimator;

/**
 * How much of what was said before a model is told: the latest of it, as whole turns, in
 * so many tokens.
 *
 * @param tokens how many tokens, zero for any number
 * @param estimator counts tokens; the usual one is taken for {@code null} if there is
 * something to count
 */
record HistoryWindow(int tokens, @Nullable TokenCountEstimator estimator) {

	private static final HistoryWindow ALL = new HistoryWindow(0, null);

	HistoryWindow {
		if (tokens < 0) {
			throw new IllegalArgumentException(
					"The window of the conversation has %d tokens: zero or more is needed, where zero is no limit"
						.formatted(tokens));
		}
		if (tokens > 0 && estimator == null) {
			// Here, where agents are specified, and not on the worker of the first turn
			estimator = Usual.ESTIMATOR;
		}
	}

	static HistoryWindow all() {
		return ALL;
	}

	/**
	 * Look through the window.
	 * @param history what was said, the oldest first
	 * @return the latest of it, beginning with what a user said; empty if the last turn
	 * alone is too much
	 */
	List<Message> of(List<Message> history) {
		TokenCountEstimator counting = this.estimator;
		if (this.tokens == 0 || counting == null) {
			return history;
		}
		long sum = 0;
		int begin = history.size();
		for (int i = history.size() - 1; i >= 0; i--) {
			Message message = history.get(i);
			sum += counting.estimate(Objects.requireNonNullElse(message.getText(), ""));
			if (sum > this.tokens) {
				break;
			}
			if (message.getMessageType() == MessageType.USER) {
				begin = i;
			}
		}
		return history.subList(begin, history.size());
	}

	/**
	 * Reads some megabytes of words when it is first needed.
	 */
	private static final class Usual {

		static final TokenCountEstimator ESTIMATOR = new JTokkitTokenCountEstimator();

	}

}
