package io.switchboard.ai.turn;

import org.springframework.ai.content.MediaContent;
import org.springframework.ai.tokenizer.TokenCountEstimator;

/**
 * Takes each word for a token.
 */
final class Words implements TokenCountEstimator {

	@Override
	public int estimate(String text) {
		return text.split(" ").length;
	}

	@Override
	public int estimate(MediaContent content) {
		throw new UnsupportedOperationException();
	}

	@Override
	public int estimate(Iterable<MediaContent> messages) {
		throw new UnsupportedOperationException();
	}

}
