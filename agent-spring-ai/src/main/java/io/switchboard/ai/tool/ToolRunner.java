package io.switchboard.ai.tool;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.ai.failure.Attempt;
import io.switchboard.ai.failure.Causes;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.ContextView;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * Makes the calls of tools that a model asks for.
 * <p>
 * You probably want a {@code TurnRunner}, which does this where a turn needs it.
 * <p>
 * What the model got wrong, what a tool declares to be a failure, and a call that takes
 * too long are outcomes. An error is a bug in the tool, as the tool threw it.
 *
 * @since 0.1.0
 */
public final class ToolRunner {

	private final ToolCaller caller;

	private final ToolSettings settings;

	private final CallPlace place;

	/**
	 * Set a runner up for one turn in one life of an agent.
	 * @param caller who calls
	 * @param settings how
	 * @param context the agent
	 */
	public ToolRunner(ToolCaller caller, ToolSettings settings, AgentContext<?> context) {
		this.caller = Objects.requireNonNull(caller, "'caller' must not be null");
		this.settings = Objects.requireNonNull(settings, "'settings' must not be null");
		Objects.requireNonNull(context, "'context' must not be null");
		AgentPath supervisor = settings.supervisor();
		// Not linked: that would cut the turn off before it can tell what broke
		this.place = (supervisor != null) ? new SupervisedPlace(context.tasks(supervisor), context.scheduler())
				: new AgentsPlace(context.scheduler(), context.blockingScheduler());
	}

	/**
	 * Make the calls of one answer, some at a time, in the model's order.
	 * <p>
	 * Steps are told one after the other, as they come, and a call does not begin before
	 * that was told. When a call fails with an error, what had ended before is told, and
	 * the others are ended.
	 * @param calls what the model asks for
	 * @param offer the tools there are
	 * @param tell what to do at each step
	 * @param <E> the type of what is told
	 * @return all that is told, as it comes
	 */
	public <E> Flux<E> runAll(List<AssistantMessage.ToolCall> calls, ToolOffer offer,
			Function<? super ToolStep, ? extends Publisher<E>> tell) {
		return runAll(calls, offer, tell, (call, made) -> made);
	}

	/**
	 * Make the calls of one answer and do something around each, such as to observe it.
	 * @param calls what the model asks for
	 * @param offer the tools there are
	 * @param tell what to do at each step
	 * @param around gets each call and what makes it, and gives what makes it instead
	 * @param <E> the type of what is told
	 * @return all that is told, as it comes
	 * @see #runAll(List, ToolOffer, Function)
	 */
	public <E> Flux<E> runAll(List<AssistantMessage.ToolCall> calls, ToolOffer offer,
			Function<? super ToolStep, ? extends Publisher<E>> tell,
			BiFunction<? super AssistantMessage.ToolCall, Mono<ToolOutcome>, Mono<ToolOutcome>> around) {
		return Flux.fromIterable(calls)
			.flatMap((call) -> steps(call, around.apply(call, run(call, offer)), tell), this.settings.parallel(), 1)
			.concatMap(Function.identity(), 1);
	}

	/**
	 * What is to be told of a call. An error is told, too, so that it does not overtake
	 * what ended before it.
	 */
	private <E> Flux<Flux<E>> steps(AssistantMessage.ToolCall call, Mono<ToolOutcome> made,
			Function<? super ToolStep, ? extends Publisher<E>> tell) {
		return Flux.defer(() -> {
			Sinks.Empty<Void> told = Sinks.empty();
			// Nobody waits any more if the turn is cancelled, so the result of the signal
			// does not matter
			Flux<E> start = Flux.<E>from(tell.apply(new ToolStep.Starting(call))).doOnComplete(told::tryEmitEmpty);
			Mono<Flux<E>> end = made.map((outcome) -> Flux.<E>from(tell.apply(new ToolStep.Ended(call, outcome))))
				// hidden, because Reactor throws errors that it sees, if they are severe
				.onErrorResume((ex) -> Mono.just(Flux.<E>error(ex).hide()));
			return Flux.just(start).concatWith(told.asMono().then(end));
		});
	}

	/**
	 * Make a call on subscription. Cancelling ends it and interrupts its thread.
	 * @param call what the model asks for
	 * @param offer the tools there are
	 * @return what came of it
	 */
	public Mono<ToolOutcome> run(AssistantMessage.ToolCall call, ToolOffer offer) {
		ToolCallback tool = offer.find(call.name());
		if (tool == null) {
			return Mono.just(WrongCall.unknownTool(call.name(), offer.names()));
		}
		String arguments = call.arguments();
		// Models leave the arguments out where a tool has none
		String input = (arguments == null || arguments.isBlank()) ? "{}" : arguments;
		ToolDefinition definition = tool.getToolDefinition();
		List<String> problems = ArgumentProblems.fatal(definition.inputSchema(), input);
		if (!problems.isEmpty()) {
			return Mono.just(WrongCall.wrongArguments(definition, problems));
		}
		return Mono.deferContextual(CallerIdentity::forThreads)
			.flatMap((view) -> run(tool, input, context(call, offer), new CallSurroundings(view), meter(view)));
	}

	private ToolContext context(AssistantMessage.ToolCall call, ToolOffer offer) {
		Map<String, Object> values = new HashMap<>(offer.context());
		values.put(ToolCaller.KEY, this.caller.in(call.id()));
		return new ToolContext(values);
	}

	/**
	 * Whoever makes the call may know what it costs. If nobody does it waits for nobody.
	 */
	private static CallMeter meter(ContextView context) {
		CallMeter known = CallMeter.of(context);
		return (known != null) ? known : new CallMeter((meter, waits) -> {
		});
	}

	private Mono<ToolOutcome> run(ToolCallback tool, String input, ToolContext context, CallSurroundings around,
			CallMeter meter) {
		ToolDefinition definition = tool.getToolDefinition();
		ToolTraits traits = this.settings.traits(tool);
		if (tool instanceof ReactiveTool reactive) {
			return this.place.run(definition, traits.timeout(), meter,
					() -> Attempt.of(() -> around.around(() -> reactive.answer(input, context)))
						.flatMap(Mono::hide)
						.defaultIfEmpty(ToolReply.of(""))
						.<ToolOutcome>map((reply) -> new ToolOutcome.Result(reply.forModel(), reply.value()))
						.onErrorResume((ex) -> Mono.justOrEmpty(ToolFailures.of(ex, definition, traits, input))
							.switchIfEmpty(Mono.error(Causes.unwrap(ex)))));
		}
		Callable<ToolReply> work = (tool instanceof AgentTool known) ? () -> known.reply(input, context)
				: () -> ToolReply.of(Objects.requireNonNullElse(tool.call(input, context), ""));
		return this.place.runBlocking(definition, traits.timeout(), () -> {
			try {
				ToolReply reply = around.around(work);
				return new ToolOutcome.Result(reply.forModel(), reply.value());
			}
			catch (Throwable ex) {
				ToolOutcome failed = ToolFailures.of(ex, definition, traits, input);
				if (failed != null) {
					return failed;
				}
				throw broken(Causes.unwrap(ex));
			}
		});
	}

	/**
	 * So that the crash of a task names what the tool threw, and not what carried it.
	 */
	private static Exception broken(Throwable cause) {
		if (cause instanceof Error error) {
			throw error;
		}
		return (cause instanceof Exception ex) ? ex : new IllegalStateException(cause);
	}

}
