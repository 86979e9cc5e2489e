package io.switchboard.test.provider;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes JSON.
 */
final class Json {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private Json() {
	}

	static String write(Object value) {
		return MAPPER.writeValueAsString(value);
	}

	static JsonNode read(String text) {
		try {
			return MAPPER.readTree(text);
		}
		catch (JacksonException ex) {
			throw new HttpFault(400, "The body must be JSON: " + ex.getOriginalMessage());
		}
	}

	/**
	 * The value of a JSON text; where it is none, the text itself.
	 * @param text what should be JSON
	 * @return what to write for it
	 */
	static Object parsed(String text) {
		try {
			return MAPPER.readTree(text);
		}
		catch (JacksonException ex) {
			return text;
		}
	}

	/**
	 * An object with its fields in the order given, null values included.
	 * @param fields names and values in turn
	 * @return the object
	 */
	static Map<String, @Nullable Object> object(@Nullable Object... fields) {
		Map<String, @Nullable Object> object = new LinkedHashMap<>();
		for (int i = 0; i < fields.length; i += 2) {
			object.put(String.valueOf(fields[i]), fields[i + 1]);
		}
		return object;
	}

	static String error(String type, String code, String message) {
		return write(object("error", object("message", message, "type", type, "param", null, "code", code)));
	}

}
