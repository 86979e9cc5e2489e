package io.switchboard.test.provider;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The body of a request.
 *
 * @param text its content
 * @param end where it ends in what came in
 */
record RequestBody(String text, int end) {

	static final int LIMIT = 32 * 1024 * 1024;

	/**
	 * Reads the body from what came in so far.
	 * @param head the head of the same request
	 * @param data what came in, from the head on
	 * @param size how much of it
	 * @return the body, or {@code null} while it is not complete
	 */
	static @Nullable RequestBody read(RequestHead head, byte[] data, int size) {
		return head.chunked() ? readChunks(data, head.length(), size) : readFixed(head, data, size);
	}

	private static @Nullable RequestBody readFixed(RequestHead head, byte[] data, int size) {
		int length = head.contentLength();
		if (length < 0 || length > LIMIT) {
			throw tooLong();
		}
		int end = head.length() + length;
		return (end > size) ? null
				: new RequestBody(new String(data, head.length(), length, StandardCharsets.UTF_8), end);
	}

	private static @Nullable RequestBody readChunks(byte[] data, int start, int size) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		int at = start;
		while (true) {
			int lineEnd = lineEnd(data, at, size);
			if (lineEnd < 0) {
				return null;
			}
			int length = chunkLength(new String(data, at, lineEnd - at, StandardCharsets.ISO_8859_1));
			at = lineEnd + 2;
			if (length == 0) {
				int end = trailerEnd(data, at, size);
				return (end < 0) ? null : new RequestBody(content.toString(StandardCharsets.UTF_8), end);
			}
			if (content.size() + length > LIMIT) {
				throw tooLong();
			}
			if (at + length + 2 > size) {
				return null;
			}
			content.write(data, at, length);
			at += length + 2;
		}
	}

	private static int trailerEnd(byte[] data, int from, int size) {
		int at = from;
		int end = lineEnd(data, at, size);
		while (end > at) {
			at = end + 2;
			end = lineEnd(data, at, size);
		}
		return (end < 0) ? -1 : end + 2;
	}

	private static int lineEnd(byte[] data, int from, int size) {
		for (int i = from; i + 1 < size; i++) {
			if (data[i] == '\r' && data[i + 1] == '\n') {
				return i;
			}
		}
		return -1;
	}

	private static int chunkLength(String line) {
		try {
			int length = Integer.parseInt(line.split(";", 2)[0].strip(), 16);
			if (length >= 0) {
				return length;
			}
		}
		catch (NumberFormatException ex) {
			// Reported below, together with negative lengths
		}
		throw new HttpFault(400, "The length of a chunk must be a hexadecimal number, but was '" + line + "'");
	}

	private static HttpFault tooLong() {
		return new HttpFault(413, "The body of the request is longer than " + LIMIT + " bytes");
	}

}
