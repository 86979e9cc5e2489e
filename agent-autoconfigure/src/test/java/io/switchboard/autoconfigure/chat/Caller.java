package io.switchboard.autoconfigure.chat;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.ai.model.ModelProvider;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.Mockito.mock;

/**
 * Agents that call a provider, at a time that the test sets.
 */
public final class Caller {

	private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();

	/**
	 * The agents' clock.
	 * @return the clock
	 */
	public VirtualTimeScheduler clock() {
		return this.clock;
	}

	/**
	 * Call a provider.
	 * @param provider the provider
	 * @param agent who calls
	 * @param answer what the provider answers
	 * @return cancels the call
	 */
	public Disposable call(ModelProvider provider, String agent, Flux<?> answer) {
		AgentContext<?> context = mock(AgentContext.class);
		given(context.path()).willReturn(AgentPath.of(agent));
		willReturn(this.clock).given(context).scheduler();
		return provider.call(context, () -> answer).subscribe((piece) -> {
		}, (ex) -> {
		});
	}

}
