package io.switchboard.test.provider;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Request line and headers.
 *
 * @param method the method
 * @param path the path without its query
 * @param headers the headers, names in lower case, repeated ones joined by commas
 * @param length how many bytes it took, the empty line included
 */
record RequestHead(String method, String path, Map<String, String> headers, int length) {

	static final int LIMIT = 64 * 1024;

	private static final String END = "\r\n\r\n";

	/**
	 * Reads the head from what came in so far.
	 * @param data what came in
	 * @param size how much of it
	 * @return the head, or {@code null} while it is not complete
	 */
	static @Nullable RequestHead read(byte[] data, int size) {
		String text = new String(data, 0, Math.min(size, LIMIT), StandardCharsets.ISO_8859_1);
		int end = text.indexOf(END);
		if (end < 0) {
			if (size >= LIMIT) {
				throw new HttpFault(431, "The head of the request is longer than " + LIMIT + " bytes");
			}
			return null;
		}
		String[] lines = text.substring(0, end).split("\r\n");
		String[] first = lines[0].split(" ");
		if (first.length != 3 || !first[2].startsWith("HTTP/")) {
			throw new HttpFault(400, "The request line must be method, path and version, but was '" + lines[0] + "'");
		}
		if (!first[2].equals("HTTP/1.1")) {
			throw new HttpFault(505, "The version must be HTTP/1.1, but was '" + first[2] + "'");
		}
		return new RequestHead(first[0], first[1].split("\\?", 2)[0], headers(lines), end + END.length());
	}

	boolean chunked() {
		return header("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked");
	}

	boolean expectsContinue() {
		return header("expect").equalsIgnoreCase("100-continue");
	}

	boolean closes() {
		return header("connection").toLowerCase(Locale.ROOT).contains("close");
	}

	int contentLength() {
		String value = header("content-length");
		try {
			return value.isEmpty() ? 0 : Integer.parseUnsignedInt(value);
		}
		catch (NumberFormatException ex) {
			throw new HttpFault(400, "Content-Length must be a number, but was '" + value + "'");
		}
	}

	private String header(String name) {
		return this.headers.getOrDefault(name, "");
	}

	private static Map<String, String> headers(String[] lines) {
		Map<String, String> headers = new TreeMap<>();
		for (int i = 1; i < lines.length; i++) {
			int colon = lines[i].indexOf(':');
			if (colon <= 0) {
				throw new HttpFault(400, "A header must be name and value, but was '" + lines[i] + "'");
			}
			headers.merge(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 1).strip(),
					(left, right) -> left + ", " + right);
		}
		return headers;
	}

}
