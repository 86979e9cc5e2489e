package io.switchboard.autoconfigure.web;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * Makes ids for sessions and turns: short, fit for URLs, and not to be guessed.
 */
final class Ids {

	private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

	private Ids() {
	}

	static String random() {
		UUID random = UUID.randomUUID();
		ByteBuffer bytes = ByteBuffer.allocate(16)
			.putLong(random.getMostSignificantBits())
			.putLong(random.getLeastSignificantBits());
		return ENCODER.encodeToString(bytes.array());
	}

}
