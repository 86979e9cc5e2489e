package io.switchboard.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.switchboard.autoconfigure.SwitchboardProperties.Agent;
import io.switchboard.autoconfigure.SwitchboardProperties.Blocking;
import io.switchboard.autoconfigure.SwitchboardProperties.Calls;
import io.switchboard.autoconfigure.SwitchboardProperties.CrashReports;
import io.switchboard.autoconfigure.SwitchboardProperties.Price;
import io.switchboard.autoconfigure.SwitchboardProperties.Provider;
import io.switchboard.autoconfigure.SwitchboardProperties.Retry;
import io.switchboard.autoconfigure.SwitchboardProperties.Root;
import io.switchboard.autoconfigure.SwitchboardProperties.Supervisor;
import io.switchboard.autoconfigure.SwitchboardProperties.Tool;
import io.switchboard.autoconfigure.SwitchboardProperties.Tools;
import io.switchboard.autoconfigure.SwitchboardProperties.Workers;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds keys below {@code switchboard} that nobody reads, most of them misspelt. Spring
 * Boot leaves such keys alone, and an agent would quietly run without what was meant.
 * <p>
 * Environment variables are not looked at: they do not tell dots from hyphens.
 */
final class UnknownSettings {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("switchboard");

	/**
	 * Groups that other parts of the application bind.
	 */
	private static final List<String> ELSEWHERE = List.of("openai", "web");

	private final List<UnknownSettingException.Setting> unknown = new ArrayList<>();

	private UnknownSettings() {
	}

	static void check(Environment environment) {
		UnknownSettings settings = new UnknownSettings();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource keys
					&& !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)) {
				keys.stream().filter(PREFIX::isAncestorOf).forEach((name) -> settings.check(source, name));
			}
		}
		if (!settings.unknown.isEmpty()) {
			throw new UnknownSettingException(settings.unknown);
		}
	}

	private void check(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		Map<String, String> groups = keys(SwitchboardProperties.class);
		ELSEWHERE.forEach((group) -> groups.put(group, group));
		String group = name.getElement(1, Form.UNIFORM);
		if (!groups.containsKey(group)) {
			add(source, name, 1, groups);
		}
		else if (group.equals("root")) {
			check(source, name, 2, Root.class);
		}
		else if (group.equals("crashreports")) {
			check(source, name, 2, CrashReports.class);
		}
		else if (group.equals("workers")) {
			check(source, name, 2, Workers.class);
		}
		else if (group.equals("blocking")) {
			check(source, name, 2, Blocking.class);
		}
		else if (group.equals("retry")) {
			check(source, name, 2, Retry.class);
		}
		else if (group.equals("calls")) {
			check(source, name, 2, Calls.class);
		}
		else if (group.equals("tools")) {
			check(source, name, 2, Tools.class);
			if (name.getNumberOfElements() > 4 && name.getElement(2, Form.UNIFORM).equals("overrides")) {
				check(source, name, 4, Tool.class);
			}
		}
		else if (group.equals("supervisors")) {
			check(source, name, 3, Supervisor.class);
		}
		else if (group.equals("agents")) {
			check(source, name, 3, Agent.class);
		}
		else if (group.equals("providers")) {
			check(source, name, 3, Provider.class);
		}
		else if (group.equals("prices")) {
			check(source, name, 3, Price.class);
		}
	}

	private void check(ConfigurationPropertySource source, ConfigurationPropertyName name, int position,
			Class<?> type) {
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

	private void add(ConfigurationPropertySource source, ConfigurationPropertyName name, int position,
			Map<String, String> keys) {
		ConfigurationPropertyName wrong = name.chop(position + 1);
		String origin = String.valueOf(source.getUnderlyingSource());
		UnknownSettingException.Setting setting = new UnknownSettingException.Setting(wrong.toString(),
				wrong.getLastElement(Form.ORIGINAL), new TreeSet<>(keys.values()), origin);
		if (!this.unknown.contains(setting)) {
			this.unknown.add(setting);
		}
	}

	/**
	 * The keys of a record.
	 * @param type the record
	 * @return the keys as one writes them, by their form without hyphens
	 */
	private static Map<String, String> keys(Class<?> type) {
		Map<String, String> keys = new LinkedHashMap<>();
		Arrays.stream(type.getRecordComponents())
			.forEach((component) -> keys.put(uniform(component),
					DataObjectPropertyName.toDashedForm(component.getName())));
		return keys;
	}

	private static String uniform(RecordComponent component) {
		return DataObjectPropertyName.toDashedForm(component.getName()).replace("-", "");
	}

}
