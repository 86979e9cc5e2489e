package io.switchboard.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.switchboard.autoconfigure.SwitchboardProperties.Agent;
import io.switchboard.autoconfigure.SwitchboardProperties.Price;
import io.switchboard.autoconfigure.SwitchboardProperties.Provider;
import io.switchboard.autoconfigure.SwitchboardProperties.Supervisor;
import io.switchboard.autoconfigure.SwitchboardProperties.Tool;
import io.switchboard.autoconfigure.diagnostics.UnknownKeys;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * Finds keys below {@code switchboard} that nobody reads. What other packages bind below
 * it they check themselves.
 */
final class UnknownSettings {

	private static final String PREFIX = "switchboard";

	/**
	 * Groups that other parts of the application bind.
	 */
	private static final List<String> ELSEWHERE = List.of("anthropic", "journal", "openai", "page", "web");

	/**
	 * Groups whose keys begin with such a name.
	 */
	private static final Map<String, Class<?>> NAMED = Map.of("supervisors", Supervisor.class, "agents", Agent.class,
			"providers", Provider.class, "prices", Price.class);

	private final UnknownKeys unknown = new UnknownKeys();

	private UnknownSettings() {
	}

	static void check(Environment environment) {
		UnknownSettings settings = new UnknownSettings();
		UnknownKeys.forEach(environment, PREFIX, settings::check);
		settings.unknown.report();
	}

	private void check(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		String group = name.getElement(1, Form.UNIFORM);
		if (ELSEWHERE.contains(group)) {
			return;
		}
		if (UnknownKeys.isOfVariables(source)) {
			checkVariable(source, name, group);
		}
		else {
			checkKey(source, name, group);
		}
	}

	private void checkVariable(ConfigurationPropertySource source, ConfigurationPropertyName name, String group) {
		Class<?> type = type(group);
		if (type != null && type.isRecord()) {
			this.unknown.check(source, name, 2, type);
		}
		else if (!NAMED.containsKey(group)) {
			this.unknown.checkVariable(source, name, 1, SwitchboardProperties.class);
		}
	}

	private void checkKey(ConfigurationPropertySource source, ConfigurationPropertyName name, String group) {
		Class<?> type = type(group);
		Class<?> named = NAMED.get(group);
		if (named != null) {
			this.unknown.check(source, name, 3, named);
		}
		else if (type == null) {
			this.unknown.add(source, name, 1, groups());
		}
		else if (type.isRecord()) {
			this.unknown.check(source, name, 2, type);
			if (isOverride(name, group)) {
				this.unknown.check(source, name, 4, Tool.class);
			}
		}
	}

	private static @Nullable Class<?> type(String group) {
		return Arrays.stream(SwitchboardProperties.class.getRecordComponents())
			.filter((component) -> group.equals(component.getName().toLowerCase(Locale.ROOT)))
			.findFirst()
			.<Class<?>>map(RecordComponent::getType)
			.orElse(null);
	}

	private static Map<String, String> groups() {
		Map<String, String> groups = UnknownKeys.keys(SwitchboardProperties.class);
		ELSEWHERE.forEach((other) -> groups.put(other, other));
		return groups;
	}

	private static boolean isOverride(ConfigurationPropertyName name, String group) {
		return group.equals("tools") && name.getNumberOfElements() > 4
				&& name.getElement(2, Form.UNIFORM).equals("overrides");
	}

}
