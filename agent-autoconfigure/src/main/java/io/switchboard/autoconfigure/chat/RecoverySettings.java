package io.switchboard.autoconfigure.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.recovery.Ladder;
import io.switchboard.ai.recovery.RecoveryPolicy;
import io.switchboard.ai.recovery.RetryDelay;
import io.switchboard.autoconfigure.SwitchboardProperties.Agent;
import io.switchboard.autoconfigure.SwitchboardProperties.Retry;
import io.switchboard.autoconfigure.diagnostics.InvalidSettingException;
import io.switchboard.autoconfigure.diagnostics.InvalidSettingException.Setting;

/**
 * Reads what agents do about failures from their settings.
 */
final class RecoverySettings {

	/** Stands for all classes of failure that are not named. */
	private static final String DEFAULT = "default";

	private final List<Setting> invalid = new ArrayList<>();

	private RecoverySettings() {
	}

	/**
	 * Read the settings of all agents.
	 * @param agents the agents by name
	 * @param retry how long to wait before retries
	 * @return what each does about failures
	 * @throws InvalidSettingException naming every setting that is wrong
	 */
	static Map<String, RecoveryPolicy> read(Map<String, Agent> agents, Retry retry) {
		RecoverySettings settings = new RecoverySettings();
		RecoveryPolicy defaults = RecoveryPolicy.defaults().withDelay(new RetryDelay(retry.first(), retry.longest()));
		Map<String, RecoveryPolicy> result = new LinkedHashMap<>();
		agents.forEach((name, agent) -> result.put(name,
				settings.policy("switchboard.agents." + name + ".recovery", agent, defaults)));
		if (!settings.invalid.isEmpty()) {
			throw new InvalidSettingException(settings.invalid);
		}
		return result;
	}

	private RecoveryPolicy policy(String key, Agent agent, RecoveryPolicy defaults) {
		Map<String, List<String>> ladders = agent.recovery();
		RecoveryPolicy policy = defaults.withMaxAttempts(agent.maxRecoveries());
		if (ladders == null) {
			return policy;
		}
		for (String name : ladders.keySet()) {
			if (!name.equals(DEFAULT) && !classes().contains(name)) {
				this.invalid.add(new Setting(key, name, "one of " + String.join(", ", classes()) + ", " + DEFAULT));
			}
		}
		List<String> others = ladders.get(DEFAULT);
		for (FailureClass failure : FailureClass.values()) {
			String name = ladders.containsKey(failure.id()) ? failure.id() : DEFAULT;
			List<String> rungs = ladders.getOrDefault(failure.id(), others);
			policy = (rungs != null) ? policy.with(failure, ladder(key + "." + name, rungs)) : policy;
		}
		return policy;
	}

	private static List<String> classes() {
		return Arrays.stream(FailureClass.values()).map(FailureClass::id).collect(Collectors.toList());
	}

	private Ladder ladder(String key, List<String> rungs) {
		try {
			return Ladder.of(rungs.stream().filter((rung) -> !rung.isBlank()).toArray(String[]::new));
		}
		catch (IllegalArgumentException ex) {
			Setting setting = new Setting(key, String.join(", ", rungs), "rungs in order: " + ex.getMessage());
			if (!this.invalid.contains(setting)) {
				this.invalid.add(setting);
			}
			return Ladder.of();
		}
	}

}
