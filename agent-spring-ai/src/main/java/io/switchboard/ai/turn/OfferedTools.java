package io.switchboard.ai.turn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;

/**
 * The tools that one model call offers: the agent's own and those that the application's
 * client or its advisors add. Stands last in the chain of advisors, where the request is
 * as the model gets it.
 */
final class OfferedTools implements StreamAdvisor {

	private volatile Map<String, ToolCallback> tools;

	private volatile Map<String, Object> context = Map.of();

	private @Nullable ChatModel model;

	private @Nullable Scheduler answers;

	OfferedTools(List<ToolCallback> own) {
		this.tools = byName(own);
	}

	private static Map<String, ToolCallback> byName(List<ToolCallback> tools) {
		Map<String, ToolCallback> result = new LinkedHashMap<>();
		tools.forEach((tool) -> result.put(tool.getToolDefinition().name(), tool));
		return result;
	}

	/**
	 * Call the model from here, because no advisor of the application's needs the thread
	 * that the client would put its answer on. To be called before the call begins.
	 * @param model the model
	 * @param answers where the answer goes on
	 */
	void callStraight(ChatModel model, Scheduler answers) {
		this.model = model;
		this.answers = answers;
	}

	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		if (request.prompt().getOptions() instanceof ToolCallingChatOptions options) {
			this.tools = byName(Objects.requireNonNullElse(options.getToolCallbacks(), List.of()));
			this.context = Objects.requireNonNullElse(options.getToolContext(), Map.of());
		}
		if (this.model == null || this.answers == null) {
			return chain.nextStream(request);
		}
		ChatClientResponse.Builder answer = ChatClientResponse.builder().context(request.context());
		return this.model.stream(request.prompt())
			.map((response) -> answer.chatResponse(response).build())
			.publishOn(this.answers);
	}

	/**
	 * Find a tool.
	 * @param name its name
	 * @return the tool, or {@code null} if the model was not offered it
	 */
	@Nullable ToolCallback find(String name) {
		return this.tools.get(name);
	}

	/**
	 * The names of all tools.
	 * @return the names in alphabetical order
	 */
	Set<String> names() {
		return new TreeSet<>(this.tools.keySet());
	}

	/**
	 * What the application gives tools to know.
	 * @return the context, empty if it has none
	 */
	Map<String, Object> context() {
		return this.context;
	}

	@Override
	public String getName() {
		return "switchboard-offered-tools";
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE - 1;
	}

}
