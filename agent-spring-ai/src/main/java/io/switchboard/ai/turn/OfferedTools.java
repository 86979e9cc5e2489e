package io.switchboard.ai.turn;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.switchboard.ai.model.ModelLine;
import io.switchboard.ai.tool.ToolOffer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;

/**
 * The tools that one model call offers: the agent's own and those that the application's
 * client or its advisors add. Stands last in the chain of advisors, where the request is
 * as the model gets it.
 */
final class OfferedTools implements StreamAdvisor {

	private volatile ToolOffer offer;

	private @Nullable ChatModel model;

	private @Nullable Scheduler answers;

	private ModelLine line = ModelLine.plain();

	private Runnable heard = () -> {
	};

	OfferedTools(List<ToolCallback> own) {
		this.offer = ToolOffer.of(own, Map.of());
	}

	/**
	 * Call the model from here, because the client would put its answer on threads that
	 * the whole process shares. To be called before the call begins.
	 * @param model the model
	 * @param answers where the answer goes on
	 */
	void callStraight(ChatModel model, Scheduler answers) {
		this.model = model;
		this.answers = answers;
	}

	/**
	 * Call the model over this line. To be called before the call begins.
	 * @param line the line
	 * @param heard told of signs of life
	 */
	void callOver(ModelLine line, Runnable heard) {
		this.line = line;
		this.heard = heard;
	}

	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		if (request.prompt().getOptions() instanceof ToolCallingChatOptions options) {
			this.offer = ToolOffer.of(Objects.requireNonNullElse(options.getToolCallbacks(), List.of()),
					Objects.requireNonNullElse(options.getToolContext(), Map.of()));
		}
		return this.line.call(request.prompt(), this.heard, (prompt) -> answer(request, prompt, chain));
	}

	private Flux<ChatClientResponse> answer(ChatClientRequest request, Prompt prompt, StreamAdvisorChain chain) {
		if (this.model == null || this.answers == null || !isLast(chain)) {
			return chain.nextStream(request.mutate().prompt(prompt).build());
		}
		ChatClientResponse.Builder answer = ChatClientResponse.builder().context(request.context());
		return this.model.stream(prompt)
			.map((response) -> answer.chatResponse(response).build())
			.publishOn(this.answers);
	}

	/**
	 * Whether only the model comes after this.
	 */
	private boolean isLast(StreamAdvisorChain chain) {
		List<StreamAdvisor> advisors = chain.getStreamAdvisors();
		return advisors.indexOf(this) == advisors.size() - 2;
	}

	/**
	 * What the model can call.
	 * @return the tools as of now
	 */
	ToolOffer offer() {
		return this.offer;
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
