package io.switchboard.ai.turn;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.ToolAdvisor;

/**
 * Refuses clients that would run the tools themselves. Stands first in the chain, where
 * all advisors can be seen.
 */
final class ToolLoopGuard implements StreamAdvisor {

	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		for (StreamAdvisor advisor : chain.getStreamAdvisors()) {
			if (advisor instanceof ToolAdvisor) {
				return Flux.error(new IllegalStateException(
						("Advisor '%s' of the agent's ChatClient runs tools by itself, out of reach of supervision: "
								+ "remove it, the agent runs its tools")
							.formatted(advisor.getName())));
			}
		}
		return chain.nextStream(request);
	}

	@Override
	public String getName() {
		return "switchboard-tool-loop-guard";
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
