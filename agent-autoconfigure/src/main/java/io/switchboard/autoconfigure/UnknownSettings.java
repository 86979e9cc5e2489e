package io.switchboard.autoconfigure;

import java.util.List;
import java.util.Map;

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
import io.switchboard.autoconfigure.diagnostics.UnknownKeys;

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
	private static final List<String> ELSEWHERE = List.of("openai", "web");

	/**
	 * Groups whose keys hold no names of the application's choice.
	 */
	private static final Map<String, Class<?>> FIXED = Map.of("root", Root.class, "crashreports", CrashReports.class,
			"workers", Workers.class, "blocking", Blocking.class, "retry", Retry.class, "calls", Calls.class);

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
		Class<?> fixed = FIXED.get(group);
		if (fixed != null) {
			this.unknown.check(source, name, 2, fixed);
		}
		else if (!UnknownKeys.isOfVariables(source)) {
			checkNames(source, name, group);
		}
	}

	private void checkNames(ConfigurationPropertySource source, ConfigurationPropertyName name, String group) {
		Map<String, String> groups = UnknownKeys.keys(SwitchboardProperties.class);
		ELSEWHERE.forEach((other) -> groups.put(other, other));
		Class<?> named = NAMED.get(group);
		if (!groups.containsKey(group)) {
			this.unknown.add(source, name, 1, groups);
		}
		else if (named != null) {
			this.unknown.check(source, name, 3, named);
		}
		else if (group.equals("tools")) {
			this.unknown.check(source, name, 2, Tools.class);
			if (name.getNumberOfElements() > 4 && name.getElement(2, Form.UNIFORM).equals("overrides")) {
				this.unknown.check(source, name, 4, Tool.class);
			}
		}
	}

}
