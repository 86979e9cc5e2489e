package io.switchboard.autoconfigure.diagnostics;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds keys that nobody reads, most of them misspelt, and reports them all at once.
 * Spring Boot leaves such keys alone, and an agent would quietly run without what was
 * meant.
 * <p>
 * Environment variables do not tell dots from hyphens, and not all that begin like ours
 * are meant for us: a platform sets {@code SWITCHBOARD_WEB_PORT} for a service of that
 * name. So of them those are reported that look like a misspelt key, and only where no
 * part of a key is a name that the application chooses.
 *
 * @since 0.1.0
 */
public final class UnknownKeys {

	private final List<UnknownSettingException.Setting> unknown = new ArrayList<>();

	/**
	 * Check all keys below a prefix.
	 * @param environment where they are set
	 * @param prefix the prefix
	 * @param type the record that is bound to it
	 * @throws UnknownSettingException if there are keys that nobody reads
	 */
	public static void check(Environment environment, String prefix, Class<? extends Record> type) {
		UnknownKeys keys = new UnknownKeys();
		int position = ConfigurationPropertyName.of(prefix).getNumberOfElements();
		forEach(environment, prefix, (source, name) -> keys.check(source, name, position, type));
		keys.report();
	}

	/**
	 * Look at all keys below a prefix.
	 * @param environment where they are set
	 * @param prefix the prefix
	 * @param visitor looks at each
	 */
	public static void forEach(Environment environment, String prefix, Visitor visitor) {
		ConfigurationPropertyName ancestor = ConfigurationPropertyName.of(prefix);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource keys) {
				keys.stream().filter(ancestor::isAncestorOf).forEach((name) -> visitor.visit(source, name));
			}
		}
	}

	/**
	 * Whether a source has environment variables.
	 * @param source the source
	 * @return {@code true} if so
	 */
	public static boolean isOfVariables(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
	}

	/**
	 * Check a key from one of its elements on.
	 * @param source where it is set
	 * @param name the key
	 * @param position the element
	 * @param type the record that is bound to what is before it
	 */
	public void check(ConfigurationPropertySource source, ConfigurationPropertyName name, int position, Class<?> type) {
		if (isOfVariables(source)) {
			if (!hasNames(type)) {
				checkVariable(source, name, position, type);
			}
			return;
		}
		if (position >= name.getNumberOfElements() || name.isNumericIndex(position)) {
			return;
		}
		Map<String, String> keys = keys(type);
		String key = name.getElement(position, Form.UNIFORM);
		if (!keys.containsKey(key)) {
			add(source, name, position, keys);
			return;
		}
		for (RecordComponent component : type.getRecordComponents()) {
			if (component.getType().isRecord() && uniform(component).equals(key)) {
				check(source, name, position + 1, component.getType());
			}
		}
	}

	/**
	 * Check an environment variable in which no part is a name of the application's
	 * choice.
	 * @param source where it is set
	 * @param name the key it could stand for
	 * @param position the first element to look at
	 * @param type the record that is bound to what is before it; maps in it are left out
	 */
	public void checkVariable(ConfigurationPropertySource source, ConfigurationPropertyName name, int position,
			Class<?> type) {
		Map<String, String> paths = new LinkedHashMap<>();
		addPaths(paths, "", "", type);
		StringBuilder written = new StringBuilder();
		for (int i = position; i < name.getNumberOfElements() && !name.isNumericIndex(i); i++) {
			written.append(name.getElement(i, Form.UNIFORM));
		}
		if (!paths.containsKey(written.toString())
				&& !NearestName.question(written.toString(), paths.values()).isEmpty()) {
			add(source, name, written.toString(), paths);
		}
	}

	/**
	 * Collect all keys of a record and the records in it.
	 */
	private static void addPaths(Map<String, String> paths, String uniform, String dashed, Class<?> type) {
		for (RecordComponent component : type.getRecordComponents()) {
			String inner = uniform + uniform(component);
			String path = dashed + DataObjectPropertyName.toDashedForm(component.getName());
			if (component.getType().isRecord()) {
				addPaths(paths, inner, path + ".", component.getType());
			}
			else if (component.getType() != Map.class) {
				paths.put(inner, path);
			}
		}
	}

	/**
	 * Whether the application chooses names in the keys of a record.
	 */
	private static boolean hasNames(Class<?> type) {
		return Arrays.stream(type.getRecordComponents())
			.map(RecordComponent::getType)
			.anyMatch((component) -> component == Map.class || (component.isRecord() && hasNames(component)));
	}

	/**
	 * Report an element of a key.
	 * @param source where the key is set
	 * @param name the key
	 * @param position the element
	 * @param keys what could stand there
	 */
	public void add(ConfigurationPropertySource source, ConfigurationPropertyName name, int position,
			Map<String, String> keys) {
		ConfigurationPropertyName wrong = name.chop(position + 1);
		add(source, wrong, wrong.getLastElement(Form.ORIGINAL), keys);
	}

	private void add(ConfigurationPropertySource source, ConfigurationPropertyName wrong, String part,
			Map<String, String> keys) {
		UnknownSettingException.Setting setting = new UnknownSettingException.Setting(wrong.toString(), part,
				new TreeSet<>(keys.values()), String.valueOf(source.getUnderlyingSource()));
		if (!this.unknown.contains(setting)) {
			this.unknown.add(setting);
		}
	}

	/**
	 * Tell of all that was found.
	 * @throws UnknownSettingException if there is anything to tell of
	 */
	public void report() {
		if (!this.unknown.isEmpty()) {
			throw new UnknownSettingException(this.unknown);
		}
	}

	/**
	 * The keys of a record.
	 * @param type the record
	 * @return the keys as one writes them, by their form without hyphens
	 */
	public static Map<String, String> keys(Class<?> type) {
		Map<String, String> keys = new LinkedHashMap<>();
		for (RecordComponent component : type.getRecordComponents()) {
			keys.put(uniform(component), DataObjectPropertyName.toDashedForm(component.getName()));
		}
		return keys;
	}

	private static String uniform(RecordComponent component) {
		return DataObjectPropertyName.toDashedForm(component.getName()).replace("-", "");
	}

	/**
	 * Looks at a key.
	 *
	 * @since 0.1.0
	 */
	@FunctionalInterface
	public interface Visitor {

		/**
		 * Look at a key.
		 * @param source where it is set
		 * @param name the key
		 */
		void visit(ConfigurationPropertySource source, ConfigurationPropertyName name);

	}

}
