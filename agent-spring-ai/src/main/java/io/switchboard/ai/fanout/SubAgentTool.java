package io.switchboard.ai.fanout;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

import io.switchboard.AgentExitedException;
import io.switchboard.AgentPath;
import io.switchboard.AskCycleException;
import io.switchboard.ai.tool.ReactiveTool;
import io.switchboard.ai.tool.ToolCaller;
import io.switchboard.ai.tool.ToolDeclaration;
import io.switchboard.ai.tool.ToolFailedException;
import io.switchboard.ai.tool.ToolReply;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.runtime.AgentSystem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.util.AlternativeJdkIdGenerator;
import org.springframework.util.IdGenerator;

/**
 * A model agent as a tool of another: the model asks it a question and gets its answer.
 * <p>
 * You probably want {@link Builder#perCall}: each question goes to an agent of its own,
 * under its own supervisor, and that agent is stopped with the answer. Questions of one
 * answer of the model are asked at once, as other tools are called.
 * <p>
 * An agent that gives up, or that crashes more often than its supervisor allows, is a
 * failed tool, and the model is told; the agent that asked lives on. When the turn that
 * asks is cancelled, or the tool's time is up, the turn of the agent asked is cancelled,
 * too. Each agent has a budget of its own; the tokens and the money that it takes count
 * for the turn that asks as well. Time in which it waits for a person or for its provider
 * counts for nobody.
 *
 * @since 0.1.0
 */
public final class SubAgentTool implements ReactiveTool {

	/**
	 * How long an answer may take unless told otherwise.
	 */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);

	/**
	 * How many agents may wait for each other unless told otherwise.
	 */
	public static final int DEFAULT_DEPTH = 3;

	private static final String SCHEMA = """
			{"type":"object","properties":{"question":{"type":"string","description":\
			"The question, with all that is needed to answer it"}},"required":["question"]}""";

	private static final JsonMapper JSON = new JsonMapper();

	private final IdGenerator ids = new AlternativeJdkIdGenerator();

	private final ToolDefinition definition;

	private final ToolDeclaration declaration;

	private final Supplier<AgentSystem> system;

	private final SubAgentPlace place;

	private final int depth;

	private SubAgentTool(Builder builder, SubAgentPlace place) {
		this.definition = ToolDefinition.builder()
			.name(builder.name)
			.description(builder.description)
			.inputSchema(SCHEMA)
			.build();
		this.declaration = builder.declaration;
		this.system = builder.system;
		this.place = place;
		this.depth = builder.depth;
	}

	/**
	 * Begin to make a tool of an agent.
	 * @param name the tool's name, as the model calls it
	 * @param description what the agent can be asked, for the model
	 * @param system gives the system that the agent lives in, when the tool is called;
	 * tools are made before it
	 * @return a builder
	 */
	public static Builder builder(String name, String description, Supplier<AgentSystem> system) {
		return new Builder(name, description, system);
	}

	@Override
	public ToolDefinition getToolDefinition() {
		return this.definition;
	}

	@Override
	public ToolDeclaration declaration() {
		return this.declaration;
	}

	@Override
	public Mono<ToolReply> answer(String arguments, ToolContext context) {
		ToolCaller caller = ToolCaller.from(context);
		return Mono.deferContextual((view) -> {
			SubAgentChain chain = SubAgentChain.of(view).with(caller.agent());
			if (chain.depth() > this.depth) {
				return Mono.error(new ToolFailedException(
						"too many agents wait for each other (%s), at most %d may. Answer without asking"
							.formatted(chain, this.depth)));
			}
			return ask(question(arguments), caller).contextWrite((outer) -> outer.put(SubAgentChain.class, chain));
		});
	}

	private Mono<ToolReply> ask(String question, ToolCaller caller) {
		AgentSystem running = this.system.get();
		String id = this.ids.generateId().toString();
		TurnRequest request = new TurnRequest(caller.turn() + ":" + id, question);
		return Mono
			.usingWhen(Mono.fromSupplier(() -> this.place.agent(caller, id)),
					(path) -> new FanOutCall(running.agent(path, TurnRequest.class), request).result(),
					(path) -> this.place.release(path, running))
			.flatMap(SubAgentTool::reply);
	}

	private static String question(String arguments) {
		JsonNode question = JSON.readTree(arguments).path("question");
		if (!question.isString() || question.asString().isBlank()) {
			throw new ToolFailedException("'question' must be a text that is not blank. Call it again with one");
		}
		return question.asString();
	}

	private static Mono<ToolReply> reply(FanOutResult result) {
		if (result instanceof FanOutResult.Answered answered) {
			return Mono.just(ToolReply.of(answered.answer(), answered));
		}
		if (result instanceof FanOutResult.Unanswered unanswered) {
			Throwable cause = unanswered.cause();
			if (cause instanceof AgentExitedException exited) {
				// its reason may quote anything
				return Mono.error(new ToolFailedException(
						"agent '%s' ended before it answered (%s)".formatted(result.agent(), exited.reason().kind()),
						cause));
			}
			return Mono.error((cause instanceof AskCycleException cycle) ? waitsForItself(cycle) : cause);
		}
		return Mono.error(new ToolFailedException("agent " + FanOutFailedException.describe(result)));
	}

	private static ToolFailedException waitsForItself(AskCycleException ex) {
		return new ToolFailedException("agents would wait for each other for ever (%s). Answer without asking"
			.formatted(new SubAgentChain(ex.cycle())), ex);
	}

	/**
	 * Collects what is to be known of the tool. One of the methods that say where the
	 * agent lives has to be called.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private final String name;

		private final String description;

		private final Supplier<AgentSystem> system;

		private @Nullable SubAgentPlace place;

		private ToolDeclaration declaration = ToolDeclaration.none().withTimeout(DEFAULT_TIMEOUT);

		private int depth = DEFAULT_DEPTH;

		private Builder(String name, String description, Supplier<AgentSystem> system) {
			this.name = Objects.requireNonNull(name, "'name' must not be null");
			this.description = Objects.requireNonNull(description, "'description' must not be null");
			this.system = Objects.requireNonNull(system, "'system' must not be null");
		}

		/**
		 * Ask one agent, whoever calls. It answers one question after the other, and all
		 * are part of its one conversation.
		 * @param path the agent's path
		 * @return this builder
		 */
		public Builder agent(AgentPath path) {
			this.place = new SubAgentPlace.Fixed(Objects.requireNonNull(path, "'path' must not be null"));
			return this;
		}

		/**
		 * Ask a new agent in each call, and stop it when it has answered, has failed or
		 * is not needed any more. Its conversation stays.
		 * @param supervisor the path of a dynamic supervisor with a template
		 * @return this builder
		 * @see #perCall(AgentPath, Function)
		 */
		public Builder perCall(AgentPath supervisor) {
			return perCall(supervisor, (agent) -> Mono.empty());
		}

		/**
		 * Ask a new agent in each call, and stop it when it has answered, has failed or
		 * is not needed any more.
		 * @param supervisor the path of a dynamic supervisor with a template
		 * @param forget deletes what the agent leaves behind, given its path when it is
		 * stopped: the method {@code forget} of the template's conversations
		 * @return this builder
		 */
		public Builder perCall(AgentPath supervisor, Function<AgentPath, ? extends Mono<Void>> forget) {
			Objects.requireNonNull(supervisor, "'supervisor' must not be null");
			Objects.requireNonNull(forget, "'forget' must not be null");
			this.place = new SubAgentPlace.Fresh(supervisor, AgentPath.checkSegment(this.name), forget);
			return this;
		}

		/**
		 * Ask one agent for each that calls, named like that one: an agent that asks
		 * twice goes on with the conversation. Callers of the same name share an agent.
		 * @param supervisor the path of a dynamic supervisor with a template
		 * @return this builder
		 */
		public Builder perCaller(AgentPath supervisor) {
			return perKey(supervisor, (caller) -> caller.agent().name());
		}

		/**
		 * Ask one agent for each key.
		 * @param supervisor the path of a dynamic supervisor with a template
		 * @param key chooses the key, one segment of a path
		 * @return this builder
		 */
		public Builder perKey(AgentPath supervisor, Function<ToolCaller, String> key) {
			this.place = new SubAgentPlace.Keyed(Objects.requireNonNull(supervisor, "'supervisor' must not be null"),
					Objects.requireNonNull(key, "'key' must not be null"));
			return this;
		}

		/**
		 * Say how the tool may be called. Default: the answer may take
		 * {@link #DEFAULT_TIMEOUT}.
		 * @param declaration what is said
		 * @return this builder
		 */
		public Builder declaration(ToolDeclaration declaration) {
			this.declaration = Objects.requireNonNull(declaration, "'declaration' must not be null");
			return this;
		}

		/**
		 * Set how many agents may wait for each other, those included that asked the
		 * agent that calls. Whoever would be one more is told to answer without asking.
		 * Default: {@value #DEFAULT_DEPTH}.
		 * @param depth how many, at least one
		 * @return this builder
		 */
		public Builder depth(int depth) {
			if (depth < 1) {
				throw new IllegalArgumentException(
						"Tool '%s' has a depth of %d: at least 1 is needed".formatted(this.name, depth));
			}
			this.depth = depth;
			return this;
		}

		/**
		 * Make the tool.
		 * @return the tool
		 * @throws IllegalStateException if it is not said where the agent lives
		 */
		public SubAgentTool build() {
			SubAgentPlace chosen = this.place;
			if (chosen == null) {
				throw new IllegalStateException(
						"Tool '%s' has no agent: say where it lives with agent, perCall, perCaller or perKey"
							.formatted(this.name));
			}
			return new SubAgentTool(this, chosen);
		}

	}

}
