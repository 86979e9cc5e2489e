package io.switchboard.test.provider;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Cuts what comes in on one connection into requests.
 */
final class RequestParser {

	private byte[] data = new byte[8192];

	private int size;

	private @Nullable RequestHead head;

	private boolean continued;

	void feed(ByteBuffer incoming) {
		int added = incoming.remaining();
		if (this.size + added > this.data.length) {
			this.data = Arrays.copyOf(this.data, Math.max(this.data.length * 2, this.size + added));
		}
		incoming.get(this.data, this.size, added);
		this.size += added;
	}

	/**
	 * Takes the next request.
	 * @return the request, or {@code null} while none is complete
	 */
	@Nullable HttpRequest poll() {
		RequestHead current = (this.head != null) ? this.head : RequestHead.read(this.data, this.size);
		this.head = current;
		RequestBody body = (current != null) ? RequestBody.read(current, this.data, this.size) : null;
		if (current == null || body == null) {
			return null;
		}
		System.arraycopy(this.data, body.end(), this.data, 0, this.size - body.end());
		this.size -= body.end();
		this.head = null;
		this.continued = false;
		return new HttpRequest(current, body.text());
	}

	/**
	 * Whether the client waits to be asked for its body. True once a request.
	 * @return whether to ask for the body now
	 */
	boolean takeContinue() {
		if (this.head == null || this.continued || !this.head.expectsContinue()) {
			return false;
		}
		this.continued = true;
		return true;
	}

}
