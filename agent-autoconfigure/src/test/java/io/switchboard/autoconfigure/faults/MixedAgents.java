package io.switchboard.autoconfigure.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.ai.Conversations;
import io.switchboard.ai.ModelAgent;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.fanout.SubAgentTool;
import io.switchboard.ai.model.BreakerSettings;
import io.switchboard.ai.model.CallLimits;
import io.switchboard.ai.model.ModelLine;
import io.switchboard.ai.model.ModelProvider;
import io.switchboard.ai.recovery.Ladder;
import io.switchboard.ai.recovery.RecoveryPolicy;
import io.switchboard.ai.recovery.RetryDelay;
import io.switchboard.ai.tool.ToolMethods;
import io.switchboard.ai.turn.Budget;
import io.switchboard.ai.turn.TurnQuota;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.SupervisorSpec;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.context.ApplicationContext;

/**
 * The agents of the mix: sessions of three vendors' models, each with the next one to
 * fall back to, and experts that they ask.
 */
final class MixedAgents {

	static final AgentPath EXPERTS = AgentPath.of("/experts");

	static final AgentPath TOOLS = AgentPath.of("/tools");

	/**
	 * The supervisors of sessions.
	 */
	static final List<AgentPath> DESKS = Stream.of("/openai", "/anthropic", "/ollama").map(AgentPath::of).toList();

	private static final RestartIntensity PLENTY = new RestartIntensity(1_000_000, Duration.ofSeconds(1));

	private static final RecoveryPolicy RECOVERY = RecoveryPolicy.defaults()
		.withDelay(new RetryDelay(Duration.ofMillis(1), Duration.ofSeconds(5)))
		.with(FailureClass.OVERLOADED, Ladder.of("retry", "restart", "switch-model"))
		.with(FailureClass.PROVIDER_ERROR, Ladder.of("retry", "ask-human"))
		.with(FailureClass.CONTEXT_OVERFLOW, Ladder.of("compact", "summarize", "switch-model"))
		.with(FailureClass.INVALID_OUTPUT, Ladder.of("feedback", "options(temperature=0.1)", "restart-conversation"))
		.with(FailureClass.TOOL_TIMEOUT, Ladder.of("retry", "feedback"));

	private final Approvals approvals = new Approvals();

	private final Conversations conversations = Conversations.inMemory().withWindow(10);

	private final TurnQuota turns = TurnQuota.of("the mix", 40);

	private final TurnQuota questions = TurnQuota.of("the experts", 6);

	private final List<ModelProvider> providers = new ArrayList<>();

	private final AgentSystem system;

	MixedAgents(ApplicationContext context, FaultyTools tools) {
		AtomicReference<AgentSystem> running = new AtomicReference<>();
		List<ToolCallback> callbacks = new ArrayList<>(ToolMethods.of(tools));
		callbacks.add(SubAgentTool.builder("askExpert", "Answers a question", running::get)
			.perCall(EXPERTS, this.conversations::forget)
			.build());
		List<ChatModel> models = List.of(context.getBean(OpenAiChatModel.class),
				context.getBean(AnthropicChatModel.class), context.getBean(OllamaChatModel.class));
		DESKS.forEach((desk) -> this.providers.add(provider(desk.name())));
		ModelLine line = ModelLine.of(context.getBeanProvider(ModelLine.class).orderedStream().toList());

		List<ChildSpec> children = new ArrayList<>();
		children.add(DynamicSupervisorSpec.builder(TOOLS.name()).maxChildren(1_000).build());
		children.add(agents(EXPERTS, 0, models, line, callbacks, List.of(this.turns, this.questions)));
		for (int i = 0; i < DESKS.size(); i++) {
			children.add(agents(DESKS.get(i), i, models, line, callbacks, List.of(this.turns)));
		}
		this.system = AgentSystem.builder(SupervisorSpec.builder("root").intensity(PLENTY).children(children).build())
			.build();
		running.set(this.system);
	}

	private static ModelProvider provider(String name) {
		return ModelProvider.builder(name)
			.maxConcurrent(10)
			.maxWait(Duration.ofSeconds(2))
			.breaker(BreakerSettings.defaults()
				.withFailureRate(80)
				.withMinimumCalls(10)
				.withWindow(Duration.ofSeconds(2))
				.withOpenFor(Duration.ofMillis(100)))
			.build();
	}

	private ChildSpec agents(AgentPath supervisor, int model, List<ChatModel> models, ModelLine line,
			List<ToolCallback> tools, List<TurnQuota> quotas) {
		int next = (model + 1) % models.size();
		ChatModel fallback = models.get(next);
		return DynamicSupervisorSpec.builder(supervisor.name())
			.intensity(PLENTY)
			.template(ModelAgent.builder(supervisor.name())
				.model(models.get(model))
				.provider(this.providers.get(model))
				.fallback(ChatClient.create(fallback), fallback, this.providers.get(next))
				.line(line)
				.limits(new CallLimits(Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofSeconds(2)))
				.budget(Budget.defaults().withTime(Duration.ofSeconds(20)))
				.quotas(quotas)
				.tools(tools)
				.toolSupervisor(TOOLS)
				.conversations(this.conversations)
				.recovery(RECOVERY)
				.approvals(this.approvals)
				.approvalFor("refund")
				.shutdown(Shutdown.after(Duration.ofMillis(200)))
				.template())
			.build();
	}

	AgentSystem system() {
		return this.system;
	}

	Approvals approvals() {
		return this.approvals;
	}

	Conversations conversations() {
		return this.conversations;
	}

	List<TurnQuota> quotas() {
		return List.of(this.turns, this.questions);
	}

	List<ModelProvider> providers() {
		return this.providers;
	}

}
