package io.switchboard.ai.tool;

import java.util.Objects;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;

/**
 * A tool that says more about itself than Spring AI asks for.
 * <p>
 * You probably want {@link ToolMethods}, which makes such tools of annotated methods.
 * Agents call every other {@link ToolCallback}, too, with what {@link ToolSettings} says
 * about it. It may block its thread; one that need not is a {@link ReactiveTool}.
 *
 * @since 0.1.0
 */
public interface AgentTool extends ToolCallback {

	/**
	 * Say how the tool may be called.
	 * @return what is said
	 */
	default ToolDeclaration declaration() {
		return ToolDeclaration.none();
	}

	/**
	 * Do the work.
	 * @param arguments the arguments, a JSON object
	 * @param context what the application gives tools to know, and the {@link ToolCaller}
	 * @return the answer
	 */
	default ToolReply reply(String arguments, ToolContext context) {
		return ToolReply.of(Objects.requireNonNullElse(call(arguments, context), ""));
	}

}
