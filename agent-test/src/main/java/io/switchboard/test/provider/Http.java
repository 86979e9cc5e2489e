package io.switchboard.test.provider;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes responses as bytes.
 */
final class Http {

	static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");

	static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");

	private static final Map<Integer, String> REASONS = Map.ofEntries(Map.entry(200, "OK"), Map.entry(202, "Accepted"),
			Map.entry(400, "Bad Request"), Map.entry(401, "Unauthorized"), Map.entry(404, "Not Found"),
			Map.entry(405, "Method Not Allowed"), Map.entry(413, "Content Too Large"),
			Map.entry(429, "Too Many Requests"), Map.entry(431, "Request Header Fields Too Large"),
			Map.entry(500, "Internal Server Error"), Map.entry(503, "Service Unavailable"),
			Map.entry(505, "HTTP Version Not Supported"));

	private Http() {
	}

	static byte[] json(int status, Map<String, String> headers, String body) {
		return concat(jsonHead(status, headers, body), utf8(body));
	}

	static byte[] jsonHead(int status, Map<String, String> headers, String body) {
		return ascii(head(status, headers) + "Content-Type: application/json\r\nContent-Length: " + utf8(body).length
				+ "\r\n\r\n");
	}

	static byte[] streamHead(String contentType, Map<String, String> headers) {
		return ascii(head(200, headers) + "Content-Type: " + contentType + "\r\n"
				+ "Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n");
	}

	static byte[] chunk(String piece) {
		byte[] content = utf8(piece);
		return concat(ascii(Integer.toHexString(content.length) + "\r\n"), content, ascii("\r\n"));
	}

	static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String head(int status, Map<String, String> headers) {
		StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status)
			.append(' ')
			.append(REASONS.getOrDefault(status, "Scripted"))
			.append("\r\n");
		headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
		return head.toString();
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static byte[] concat(byte[]... parts) {
		int length = 0;
		for (byte[] part : parts) {
			length += part.length;
		}
		byte[] all = new byte[length];
		int at = 0;
		for (byte[] part : parts) {
			System.arraycopy(part, 0, all, at, part.length);
			at += part.length;
		}
		return all;
	}

}
