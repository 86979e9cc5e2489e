package io.switchboard.ai.tool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.tool.ToolCallback;

/**
 * The tools that a model was offered, and so can call.
 *
 * @param tools the tools by name
 * @param context what the application gives tools to know, empty if it gives nothing
 * @since 0.1.0
 */
public record ToolOffer(Map<String, ToolCallback> tools, Map<String, Object> context) {

	/**
	 * Offer tools.
	 * @param tools the tools; of two of one name the second
	 * @param context what the application gives tools to know
	 * @return the offer
	 */
	public static ToolOffer of(List<? extends ToolCallback> tools, Map<String, Object> context) {
		Map<String, ToolCallback> byName = new LinkedHashMap<>();
		tools.forEach((tool) -> byName.put(tool.getToolDefinition().name(), tool));
		return new ToolOffer(byName, context);
	}

	@Nullable ToolCallback find(String name) {
		return this.tools.get(name);
	}

	Set<String> names() {
		return this.tools.keySet();
	}

}
