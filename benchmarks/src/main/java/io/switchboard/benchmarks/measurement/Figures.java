package io.switchboard.benchmarks.measurement;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a work has measured: numbers, or groups of numbers, by name and in order.
 */
public final class Figures {

	private final Map<String, Object> values = new LinkedHashMap<>();

	public Figures add(String name, Number value) {
		this.values.put(name, value);
		return this;
	}

	public Figures add(String name, Figures group) {
		this.values.put(name, group.values);
		return this;
	}

	public Figures addAll(Figures others) {
		this.values.putAll(others.values);
		return this;
	}

	/**
	 * What was measured, to be written.
	 * @return the values, numbers or maps of such
	 */
	public Map<String, Object> values() {
		return this.values;
	}

}
