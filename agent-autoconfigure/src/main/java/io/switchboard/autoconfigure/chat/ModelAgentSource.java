package io.switchboard.autoconfigure.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.switchboard.ai.Conversations;
import io.switchboard.ai.ModelAgent;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.failure.FailureClassifier;
import io.switchboard.ai.model.ModelLine;
import io.switchboard.ai.recovery.RecoveryPolicy;
import io.switchboard.ai.turn.AnswerCheck;
import io.switchboard.ai.turn.GivenUpTurns;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.autoconfigure.AgentSettings;
import io.switchboard.autoconfigure.AgentSource;
import io.switchboard.autoconfigure.ChildDefinition;
import io.switchboard.autoconfigure.SwitchboardProperties;
import io.switchboard.autoconfigure.SwitchboardProperties.Agent;
import io.switchboard.journal.JournalWriters;
import io.switchboard.supervision.AgentSpec;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/**
 * Specifies the agents that properties describe whole: those that call a model.
 * <p>
 * Models, clients and tools are made when the agents are started: a tool may want to ask
 * another agent, and so need the system that is being made here.
 */
final class ModelAgentSource implements AgentSource {

	/** A conversation is kept apart from its agent, which can leave between two turns. */
	private static final Duration SESSION_IDLE = Duration.ofMinutes(10);

	private final SwitchboardProperties properties;

	private final AgentBudgets budgets;

	private final Instructions instructions;

	private final ChatModels models;

	private final ModelProviders providers;

	private final ChatClients clients;

	private final ToolBeans tools;

	private final ToolCalling toolCalling;

	private final ObjectProvider<Conversations> conversations;

	private final Approvals approvals;

	private final GivenUpTurns givenUp;

	private final ObjectProvider<FailureClassifier> classifiers;

	private final ObjectProvider<AnswerCheck> checks;

	private final ObjectProvider<ModelLine> lines;

	private final TurnWatchers watchers;

	private final ObjectProvider<JournalWriters> journals;

	private final List<SingletonSupplier<Function<String, AgentSpec<TurnRequest>>>> templates = new ArrayList<>();

	ModelAgentSource(SwitchboardProperties properties, Instructions instructions, ChatModels models,
			ModelProviders providers, ChatClients clients, ToolBeans tools, ObjectProvider<Conversations> conversations,
			Approvals approvals, GivenUpTurns givenUp, ObjectProvider<FailureClassifier> classifiers,
			ObjectProvider<AnswerCheck> checks, ObjectProvider<ModelLine> lines, TurnWatchers watchers,
			ObjectProvider<JournalWriters> journals) {
		this.properties = properties;
		this.budgets = new AgentBudgets(properties);
		this.instructions = instructions;
		this.models = models;
		this.providers = providers;
		this.clients = clients;
		this.tools = tools;
		this.toolCalling = new ToolCalling(properties);
		this.conversations = conversations;
		this.approvals = approvals;
		this.givenUp = givenUp;
		this.classifiers = classifiers;
		this.checks = checks;
		this.lines = lines;
		this.watchers = watchers;
		this.journals = journals;
	}

	@Override
	public List<ChildDefinition> prerequisites() {
		return this.toolCalling.supervisors();
	}

	@Override
	public List<ChildDefinition> definitions() {
		Map<String, Agent> agents = new LinkedHashMap<>(this.properties.agents());
		agents.values().removeIf((agent) -> !agent.callsModel());
		Map<String, String> texts = this.instructions.read(agents);
		Map<String, String> chosen = this.models.choose(agents);
		this.models.checkFallbacks(agents);
		Map<String, RecoveryPolicy> recoveries = RecoverySettings.read(agents, this.properties.retry());
		this.tools.check(agents);
		List<ChildDefinition> definitions = new ArrayList<>();
		agents.forEach((name,
				agent) -> definitions.add(define(name, agent,
						SingletonSupplier.of(() -> template(name, agent, Objects.requireNonNull(chosen.get(name)),
								Objects.requireNonNull(texts.get(name)),
								Objects.requireNonNull(recoveries.get(name)))))));
		return definitions;
	}

	private ChildDefinition define(String name, Agent agent,
			SingletonSupplier<Function<String, AgentSpec<TurnRequest>>> template) {
		this.templates.add(template);
		AgentSettings settings = settings(name, agent);
		return new ChildDefinition("switchboard.agents." + name, settings.supervisor(),
				settings.specify((id) -> ModelAgent.specify(id, () -> template.obtain().apply(id).factory().create())));
	}

	private static AgentSettings settings(String name, Agent agent) {
		return AgentSettings.defaults(name).withIdleTimeout(SESSION_IDLE).with(agent, null);
	}

	private Function<String, AgentSpec<TurnRequest>> template(String name, Agent agent, String model, String text,
			RecoveryPolicy recovery) {
		ChatModel called = this.models.get(model);
		List<ToolCallback> callbacks = this.toolCalling.known(this.tools.get(agent.tools()));
		checkApprovals(name, agent, callbacks);
		AgentSettings settings = settings(name, agent);
		ModelAgent.Builder builder = ModelAgent.builder(name)
			.version(agent.version())
			.restart(settings.restart())
			.idleTimeout(settings.idleTimeout().isZero() ? null : settings.idleTimeout())
			.client(this.clients.create(called), called)
			.provider(this.providers.get(model))
			.instructions(text)
			.historyTokens(agent.historyTokens())
			.tools(callbacks)
			.toolSettings(this.toolCalling.settings())
			.approvals(this.approvals)
			.givenUp(this.givenUp)
			.approvalFor(agent.needsApproval().toArray(String[]::new))
			.failures(FailureClassifier.knownAfter(this.classifiers.orderedStream().toList()))
			.check(AnswerCheck.of(this.checks.orderedStream().toList()))
			.limits(CallSettings.read(agent.calls(), this.properties.calls()))
			.line(ModelLine.of(this.lines.orderedStream().toList()))
			.budget(this.budgets.of(agent))
			.quotas(this.budgets.quotas(name, agent))
			.prices(this.budgets.prices())
			.recovery(recovery)
			.conversations(this.conversations.getObject());
		this.journals.ifAvailable(builder::journal);
		this.watchers.watch(builder);
		for (String fallback : agent.fallbackModels()) {
			ChatModel next = this.models.get(fallback);
			builder.fallback(this.clients.create(next), next, this.providers.get(fallback));
		}
		return builder.template();
	}

	/**
	 * A misspelt name would let the tool be called without anybody's approval.
	 */
	private static void checkApprovals(String name, Agent agent, List<ToolCallback> tools) {
		List<String> known = tools.stream().map((tool) -> tool.getToolDefinition().name()).sorted().toList();
		List<String> unknown = agent.needsApproval().stream().filter((tool) -> !known.contains(tool)).toList();
		if (!unknown.isEmpty()) {
			throw new UnknownApprovalToolException(name, unknown, known);
		}
	}

	@Override
	public void prepare() {
		this.templates.forEach(SingletonSupplier::obtain);
		this.toolCalling.warnOfUnknown();
	}

}
