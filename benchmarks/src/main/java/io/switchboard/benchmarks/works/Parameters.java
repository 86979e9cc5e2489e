package io.switchboard.benchmarks.works;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of one run, {@code name=value} each.
 */
public final class Parameters {

	private final Map<String, String> values;

	private Parameters(Map<String, String> values) {
		this.values = values;
	}

	/**
	 * Read parameters.
	 * @param arguments {@code name=value} each
	 * @param allowed the names that mean something
	 * @return the parameters
	 */
	public static Parameters of(List<String> arguments, Set<String> allowed) {
		Map<String, String> values = new LinkedHashMap<>();
		for (String argument : arguments) {
			int split = argument.indexOf('=');
			if (split < 1 || !allowed.contains(argument.substring(0, split))) {
				throw new IllegalArgumentException(
						"Parameter '%s' means nothing here, allowed are NAME=VALUE with the names %s"
							.formatted(argument, allowed.stream().sorted().toList()));
			}
			values.put(argument.substring(0, split), argument.substring(split + 1));
		}
		return new Parameters(values);
	}

	public int number(String name, int otherwise) {
		String value = this.values.get(name);
		try {
			return (value != null) ? Integer.parseInt(value) : otherwise;
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(
					"Parameter '%s' is '%s', a whole number is needed".formatted(name, value), ex);
		}
	}

	/**
	 * Choose one of several ways.
	 * @param name the parameter
	 * @param usual what is chosen where nothing is said
	 * @param others what else may be said
	 * @return the choice
	 */
	public String choice(String name, String usual, String... others) {
		String value = this.values.getOrDefault(name, usual);
		if (!value.equals(usual) && !List.of(others).contains(value)) {
			throw new IllegalArgumentException(
					"Parameter '%s' is '%s', allowed are '%s' and %s".formatted(name, value, usual, List.of(others)));
		}
		return value;
	}

	public Map<String, String> values() {
		return this.values;
	}

}
