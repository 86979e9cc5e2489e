package io.switchboard.ai.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import io.switchboard.AgentContext;
import io.switchboard.ai.failure.FailureClass;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.ToolCallback;

/**
 * Runs turns inside an agent.
 * <p>
 * You probably want a {@link io.switchboard.ai.ModelAgent}, which does this and keeps the
 * conversation. Use a runner directly in a behaviour of your own that needs more than a
 * model call.
 * <p>
 * What a provider does wrong ends a turn with {@link TurnFailed}; what a tool throws, and
 * every other bug, is the error of the returned publisher and so crashes the agent that
 * returns it. The client's advisors run around each model call of a turn. Tools run one
 * by one on the agent's blocking scheduler. Advisors and the model's answer run where
 * Spring AI puts them, which is Reactor's shared bounded elastic scheduler. If there are
 * no advisors and the model is known, the answer stays on the thread that reads it, or
 * goes on on the agent's scheduler if nobody may block that.
 *
 * @since 0.1.0
 */
public final class TurnRunner {

	private final ModelCall model;

	private final Budget budget;

	/**
	 * Set a runner up. It has no state and can be used for any number of turns.
	 * @param client calls the model; its advisors and defaults stay in effect, but must
	 * not run tools
	 * @param instructions the system text; blank for the client's own
	 * @param tools the tools to offer besides the client's own
	 * @param budget what each turn may cost
	 */
	public TurnRunner(ChatClient client, String instructions, List<ToolCallback> tools, Budget budget) {
		this(client, null, instructions, tools, budget);
	}

	/**
	 * Set a runner up with a client whose model is known. As long as the client has no
	 * advisors, the answer then comes from the model without a change of threads.
	 * @param client calls the model; its advisors and defaults stay in effect, but must
	 * not run tools
	 * @param model the model that the client calls, or {@code null} if only the client
	 * knows
	 * @param instructions the system text; blank for the client's own
	 * @param tools the tools to offer besides the client's own
	 * @param budget what each turn may cost
	 */
	public TurnRunner(ChatClient client, @Nullable ChatModel model, String instructions, List<ToolCallback> tools,
			Budget budget) {
		this.model = new ModelCall(Objects.requireNonNull(client, "'client' must not be null"), model,
				Objects.requireNonNull(instructions, "'instructions' must not be null"),
				List.copyOf(Objects.requireNonNull(tools, "'tools' must not be null")));
		this.budget = Objects.requireNonNull(budget, "'budget' must not be null");
	}

	/**
	 * Run a turn on subscription. Cancelling it cancels the model call and interrupts the
	 * tool under way.
	 * <p>
	 * When the provider notices is up to its client: OpenAI's closes the connection with
	 * the next token, and before the first token or in a stream that has stalled not
	 * until its own time-out. The turn does not wait for that.
	 * @param request what the user says
	 * @param history what was said before, the oldest first
	 * @param context the agent that runs the turn
	 * @return the events, from {@link TurnStarted} to {@link TurnCompleted} or
	 * {@link TurnFailed}
	 */
	public Flux<TurnEvent> run(TurnRequest request, List<? extends Message> history, AgentContext<?> context) {
		Objects.requireNonNull(request, "'request' must not be null");
		Objects.requireNonNull(history, "'history' must not be null");
		Objects.requireNonNull(context, "'context' must not be null");
		return Flux.defer(() -> {
			List<Message> messages = new ArrayList<>(history);
			messages.add(new UserMessage(request.input()));
			ToolCaller caller = new ToolCaller(context.path(), context.incarnation(), request.turn());
			Turn turn = new Turn(request.turn(), messages, this.model,
					new ToolRunner(caller, context.blockingScheduler()), this.budget, CallSchedulers.of(context));
			return inTime(turn.events(), request.turn(), context);
		});
	}

	private Flux<TurnEvent> inTime(Flux<TurnEvent> events, String turn, AgentContext<?> context) {
		AtomicBoolean ended = new AtomicBoolean();
		return events.takeUntilOther(Mono.delay(this.budget.time(), context.scheduler()))
			.doOnNext((event) -> ended.set(event.last()))
			.concatWith(
					Mono.fromSupplier(() -> ended.get() ? null : new TurnFailed(turn, FailureClass.BUDGET_SPENT.id(),
							"No answer within the time limit %s".formatted(this.budget.time()))));
	}

}
