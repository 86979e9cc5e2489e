package io.switchboard.ai.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says where the arguments of a call differ from the tool's schema. Only the names and
 * types of the arguments themselves are looked at, not what is inside them. Pure.
 */
final class ArgumentProblems {

	private static final JsonMapper JSON = new JsonMapper();

	private final List<String> found = new ArrayList<>();

	private ArgumentProblems() {
	}

	/**
	 * Find what keeps a tool from being called at all: arguments that are no object, or
	 * lack something that is required. What only has another type may still be
	 * understood.
	 * @param schema the tool's schema
	 * @param arguments the arguments as the model wrote them
	 * @return the problems, empty if there are none
	 */
	static List<String> fatal(String schema, String arguments) {
		return find(schema, arguments, false);
	}

	/**
	 * Find all differences.
	 * @param schema the tool's schema
	 * @param arguments the arguments as the model wrote them
	 * @return the problems; empty if the difference lies deeper
	 */
	static List<String> all(String schema, String arguments) {
		return find(schema, arguments, true);
	}

	private static List<String> find(String schema, String arguments, boolean types) {
		ArgumentProblems problems = new ArgumentProblems();
		JsonNode given;
		try {
			given = JSON.readTree(arguments);
		}
		catch (JacksonException ex) {
			return List.of("they are no JSON" + place(ex));
		}
		if (!given.isObject()) {
			return List.of("they are %s, not an object".formatted(describe(given)));
		}
		JsonNode wanted = read(schema);
		problems.missing(wanted, given);
		if (types) {
			problems.unfit(wanted, given);
		}
		return problems.found;
	}

	private static String place(JacksonException ex) {
		return (ex.getLocation() != null)
				? " (line %d, column %d)".formatted(ex.getLocation().getLineNr(), ex.getLocation().getColumnNr()) : "";
	}

	private static JsonNode read(String schema) {
		try {
			return JSON.readTree(schema);
		}
		catch (JacksonException ex) {
			return JSON.createObjectNode();
		}
	}

	private void missing(JsonNode schema, JsonNode given) {
		schema.path("required")
			.valueStream()
			.map(JsonNode::asString)
			.filter((name) -> !given.hasNonNull(name))
			.forEach((name) -> this.found.add("'%s' is missing".formatted(name)));
	}

	private void unfit(JsonNode schema, JsonNode given) {
		JsonNode properties = schema.path("properties");
		properties.propertyStream().forEach((property) -> {
			JsonNode value = given.path(property.getKey());
			JsonNode type = property.getValue().path("type");
			if (type.isString() && !value.isMissingNode() && !value.isNull() && !is(value, type.asString())) {
				this.found.add("'%s' must be of type %s and is %s".formatted(property.getKey(), type.asString(),
						describe(value)));
			}
		});
		if (schema.path("additionalProperties").isBoolean() && !schema.path("additionalProperties").asBoolean()) {
			given.propertyNames()
				.stream()
				.filter((name) -> !properties.has(name))
				.forEach((name) -> this.found.add("'%s' is no argument".formatted(name)));
		}
	}

	private static boolean is(JsonNode value, String type) {
		return switch (type) {
			case "integer" -> value.isIntegralNumber();
			case "number" -> value.isNumber();
			case "string" -> value.isString();
			case "boolean" -> value.isBoolean();
			case "array" -> value.isArray();
			case "object" -> value.isObject();
			default -> true;
		};
	}

	private static String describe(JsonNode value) {
		String type = value.getNodeType().name().toLowerCase(Locale.ROOT);
		return switch (type) {
			case "array", "object" -> "an " + type;
			case "null" -> "null";
			default -> "a " + type;
		};
	}

}
