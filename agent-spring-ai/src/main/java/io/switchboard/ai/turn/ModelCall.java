package io.switchboard.ai.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.switchboard.AgentPath;
import io.switchboard.ai.failure.Attempt;
import io.switchboard.ai.model.CallLimits;
import io.switchboard.ai.model.CallWatch;
import io.switchboard.ai.model.ModelLine;
import io.switchboard.ai.recovery.Rung.ChangeOptions;
import io.switchboard.ai.tool.ToolOffer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.AdvisorParams;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.DefaultChatClient.DefaultChatClientRequestSpec;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.tool.ToolCallback;

/**
 * Calls the model through the application's client, with its advisors and defaults in
 * effect and its own tool loop switched off.
 *
 * @param client the client
 * @param model the model that the client calls, or {@code null} if only the client knows
 * @param instructions the agent's system text; blank for the client's own
 * @param tools the agent's tools
 * @param limits how long a call may take
 * @param line what the model is called over
 */
record ModelCall(ChatClient client, @Nullable ChatModel model, String instructions, List<ToolCallback> tools,
		CallLimits limits, ModelLine line) {

	/**
	 * The tools of the next call, to be handed to it.
	 * @return the agent's own, until the call has begun
	 */
	OfferedTools offer() {
		return new OfferedTools(this.tools);
	}

	/**
	 * The tools that a call offers, as far as that is known without making one: the
	 * agent's own and those that the client has by default, but not what advisors add.
	 * @return the tools
	 */
	ToolOffer offered() {
		if (!(this.client.prompt() instanceof DefaultChatClientRequestSpec known)) {
			return ToolOffer.of(this.tools, Map.of());
		}
		List<ToolCallback> all = new ArrayList<>(known.getToolCallbacks());
		known.getToolCallbackProviders().forEach((provider) -> all.addAll(List.of(provider.getToolCallbacks())));
		all.addAll(this.tools);
		return ToolOffer.of(all, known.getToolContext());
	}

	/**
	 * The same call without tools and without the agent's instructions.
	 * @return the call
	 */
	ModelCall bare() {
		return new ModelCall(this.client, this.model, "", List.of(), this.limits, this.line);
	}

	/**
	 * Call the model on subscription. A cancelled subscription cancels the call.
	 * @param agent who calls: what advisors that remember take for the conversation
	 * @param messages what was said so far
	 * @param options what differs from the client's options, or {@code null}
	 * @param offered learns which tools the call offers
	 * @param schedulers where what happens
	 * @return the pieces of the answer
	 */
	Flux<ChatResponse> stream(AgentPath agent, List<Message> messages, @Nullable ChangeOptions options,
			OfferedTools offered, CallSchedulers schedulers) {
		return Flux.defer(() -> {
			CallWatch watch = CallWatch.begin(this.limits, schedulers.clock());
			offered.callOver(this.line, watch::heard);
			Flux<ChatResponse> pieces = Attempt.of(() -> request(agent, messages, options, offered, schedulers))
				.subscribeOn(schedulers.blocking())
				.flatMapMany(Function.identity())
				.cancelOn(new FallbackScheduler(schedulers.blocking()));
			// Outside, so that a broken limit cancels where a call may be cancelled
			return watch.limit(pieces);
		});
	}

	private Flux<ChatResponse> request(AgentPath agent, List<Message> messages, @Nullable ChangeOptions options,
			OfferedTools offered, CallSchedulers schedulers) {
		ChatClient.ChatClientRequestSpec request = this.client.prompt().messages(messages);
		boolean advised = hasAdvisors(request);
		if (advised || this.model == null) {
			request = request.advisors(new ToolLoopGuard());
		}
		if (this.model != null) {
			// Advisors may block their thread with each piece of the answer
			offered.callStraight(this.model, advised ? schedulers.blocking() : schedulers.answers());
		}
		request = request.advisors(offered)
			.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, agent.toString()))
			.advisors(AdvisorParams.toolCallingAdvisorAutoRegister(false));
		if (!this.instructions.isBlank()) {
			request = request.system(this.instructions);
		}
		if (options != null) {
			request = request.options(changed(options));
		}
		if (!this.tools.isEmpty()) {
			request = request.tools(this.tools.toArray());
		}
		return request.stream().chatResponse();
	}

	private static ChatOptions.Builder<?> changed(ChangeOptions options) {
		ChatOptions.Builder<?> result = ChatOptions.builder();
		if (options.temperature() != null) {
			result = result.temperature(options.temperature());
		}
		return (options.maxTokens() != null) ? result.maxTokens(options.maxTokens()) : result;
	}

	/**
	 * Clients of unknown kinds may do what advisors do.
	 */
	private static boolean hasAdvisors(ChatClient.ChatClientRequestSpec request) {
		return !(request instanceof DefaultChatClientRequestSpec known && known.getAdvisors().isEmpty());
	}

}
