package io.switchboard.autoconfigure.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

import io.switchboard.AgentPath;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a client calls its request, so that one that is sent again gets the same turn.
 * Whose key it is matters: the same word of another client or for another agent is
 * another key.
 *
 * @param scope the path of the session, or of the agent if a new session was asked for
 * @param client who sent it, empty if nobody has to say
 * @param value the value of the header
 */
record IdempotencyKey(AgentPath scope, String client, String value) {

	/**
	 * The key for the journal, which knows no scopes and keeps it short. Nobody can read
	 * in it who the client is.
	 * @return the key
	 */
	String text() {
		byte[] parts = WireJson.write(List.of(this.scope.toString(), this.client, this.value)).getBytes(UTF_8);
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(parts);
			return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
