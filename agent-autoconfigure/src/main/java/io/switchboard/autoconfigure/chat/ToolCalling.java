package io.switchboard.autoconfigure.chat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.switchboard.AgentPath;
import io.switchboard.ai.tool.ToolDeclaration;
import io.switchboard.ai.tool.ToolSettings;
import io.switchboard.autoconfigure.ChildDefinition;
import io.switchboard.autoconfigure.SwitchboardProperties;
import io.switchboard.autoconfigure.SwitchboardProperties.Agent;
import io.switchboard.autoconfigure.SwitchboardProperties.Tool;
import io.switchboard.autoconfigure.SwitchboardProperties.Tools;
import io.switchboard.supervision.DynamicSupervisorSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ai.tool.ToolCallback;

/**
 * How agents call their tools, by the settings: below a supervisor of its own that is
 * there where an agent has tools.
 */
final class ToolCalling {

	private static final Logger logger = LoggerFactory.getLogger(ToolCalling.class);

	private final Tools tools;

	private final boolean needed;

	private final Set<String> known = new TreeSet<>();

	ToolCalling(SwitchboardProperties properties) {
		this.tools = properties.tools();
		this.needed = properties.agents()
			.values()
			.stream()
			.filter(Agent::callsModel)
			.anyMatch((agent) -> !agent.tools().isEmpty());
	}

	/**
	 * What calls live below.
	 * @return the supervisor, if one is needed
	 */
	List<ChildDefinition> supervisors() {
		return this.needed ? List.of(new ChildDefinition("switchboard.tools.supervisor", null,
				DynamicSupervisorSpec.builder(this.tools.supervisor()).maxChildren(this.tools.maxRunning()).build()))
				: List.of();
	}

	/**
	 * How tools are called.
	 * @return the settings
	 */
	ToolSettings settings() {
		Map<String, ToolDeclaration> overrides = new HashMap<>();
		this.tools.overrides().forEach((name, tool) -> overrides.put(name, declaration(tool)));
		ToolSettings settings = ToolSettings.defaults()
			.withTimeout(this.tools.timeout())
			.withParallel(this.tools.parallel())
			.withFailures(new HashSet<>(this.tools.failures()))
			.withOverrides(overrides);
		return this.needed ? settings.withSupervisor(AgentPath.ROOT.child(this.tools.supervisor())) : settings;
	}

	private static ToolDeclaration declaration(Tool tool) {
		return new ToolDeclaration(tool.timeout(), tool.idempotent(), tool.needsApproval(),
				new HashSet<>(tool.failures()));
	}

	/**
	 * Take note of tools.
	 * @param agentTools the tools of an agent
	 * @return the same
	 */
	List<ToolCallback> known(List<ToolCallback> agentTools) {
		agentTools.forEach((tool) -> this.known.add(tool.getToolDefinition().name()));
		return agentTools;
	}

	/**
	 * Tell of settings for tools that no agent has. It may still be right: an advisor can
	 * add tools that nobody knows before it does.
	 */
	void warnOfUnknown() {
		Set<String> unknown = new LinkedHashSet<>(this.tools.overrides().keySet());
		unknown.removeAll(this.known);
		if (!unknown.isEmpty()) {
			logger.warn(
					"Settings below switchboard.tools.overrides are for tools that no agent is known to have: {}; known are {}. A name with characters other than letters, digits and hyphens has to be in brackets, such as [find_orders].",
					unknown, new ArrayList<>(this.known));
		}
	}

}
