package io.switchboard.ai.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.switchboard.ai.failure.Causes;
import io.switchboard.ai.failure.FailureClassifier;
import io.switchboard.ai.failure.TurnFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.model.MessageAggregator;

/**
 * One turn under way: calls the model, runs the tools it asks for, and calls it again
 * until {@link NextStep} says that the turn is over. An instance is used once, and its
 * signals come one after the other, so its fields need no protection.
 */
final class Turn {

	private static final Logger logger = LoggerFactory.getLogger(Turn.class);

	private final String id;

	private final ModelCall model;

	private final ToolRunner tools;

	private final Budget budget;

	private final CallSchedulers schedulers;

	private final List<Message> messages;

	private Usage usage = Usage.none();

	private int steps;

	private boolean over;

	Turn(String id, List<Message> messages, ModelCall model, ToolRunner tools, Budget budget,
			CallSchedulers schedulers) {
		this.id = id;
		this.messages = new ArrayList<>(messages);
		this.model = model;
		this.tools = tools;
		this.budget = budget;
		this.schedulers = schedulers;
	}

	Flux<TurnEvent> events() {
		return Flux.<TurnEvent>just(new TurnStarted(this.id))
			.concatWith(Flux.defer(this::step).repeat(() -> !this.over));
	}

	private Flux<TurnEvent> step() {
		this.steps++;
		OfferedTools offered = this.model.offer();
		AtomicReference<@Nullable NextStep> next = new AtomicReference<>();
		Flux<ChatResponse> pieces = this.model
			.stream(this.tools.caller().agent(), this.messages, offered, this.schedulers)
			.onErrorResume((ex) -> failed(ex, next));
		// A call that failed is aggregated too, as far as it came, and must stay failed
		return new MessageAggregator().aggregate(pieces, (whole) -> next.compareAndSet(null, decide(whole)))
			.mapNotNull(this::token)
			.concatWith(Flux.defer(() -> follow(next.get(), offered)));
	}

	private Flux<ChatResponse> failed(Throwable ex, AtomicReference<@Nullable NextStep> next) {
		TurnFailure failure = FailureClassifier.known().classify(ex);
		if (failure == null) {
			return Flux.error(Causes.unwrap(ex));
		}
		logger.warn("Model call failed: agent={}, turn={}, failure={}, reason={}", this.tools.caller().agent(), this.id,
				failure.failure().id(), Causes.unwrap(ex).toString());
		next.set(new NextStep.GiveUp(failure.failure(), failure.detail()));
		return Flux.empty();
	}

	private NextStep decide(ChatResponse whole) {
		ModelAnswer answer = ModelAnswer.of(whole, this.steps);
		this.usage = this.usage.plus(answer.usage());
		return NextStep.after(answer, this.steps, this.usage, this.budget);
	}

	private @Nullable TurnEvent token(ChatResponse piece) {
		Generation result = piece.getResult();
		if (result == null || Boolean.parseBoolean(String.valueOf(result.getOutput().getMetadata().get("isThought")))) {
			return null;
		}
		String text = result.getOutput().getText();
		return (text != null && !text.isEmpty()) ? new Token(this.id, text) : null;
	}

	private Flux<TurnEvent> follow(@Nullable NextStep next, OfferedTools offered) {
		if (next instanceof NextStep.RunTools run) {
			return runTools(run.message(), offered);
		}
		this.over = true;
		if (next instanceof NextStep.Answer answer) {
			return Flux.just(new TurnCompleted(this.id, answer.text(), this.usage, this.steps));
		}
		if (next instanceof NextStep.GiveUp giveUp) {
			return Flux.just(new TurnFailed(this.id, giveUp.failure().id(), giveUp.detail()));
		}
		return Flux.error(new IllegalStateException("A model call ended without a decision"));
	}

	private Flux<TurnEvent> runTools(AssistantMessage message, OfferedTools offered) {
		List<ToolResponse> responses = new ArrayList<>();
		return Flux.fromIterable(message.getToolCalls())
			.concatMap((call) -> runTool(call, offered, responses), 1)
			.concatWith(Mono.fromRunnable(() -> {
				this.messages.add(message);
				this.messages.add(ToolResponseMessage.builder().responses(responses).build());
			}));
	}

	private Flux<TurnEvent> runTool(AssistantMessage.ToolCall call, OfferedTools offered,
			List<ToolResponse> responses) {
		return Flux.<TurnEvent>just(new ToolCall(this.id, call.id(), call.name(), call.arguments()))
			.concatWith(this.tools.run(call, offered).map((result) -> {
				responses.add(new ToolResponse(call.id(), call.name(), result));
				return new ToolResult(this.id, call.id(), call.name(), result);
			}));
	}

}
