package io.switchboard.autoconfigure.web;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.switchboard.ai.Conversations;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.autoconfigure.diagnostics.UnknownKeys;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.report.Sanitizer;
import io.switchboard.runtime.AgentSystem;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Auto-configuration of turns over HTTP in reactive applications.
 * <p>
 * The routes are a bean of the name {@code agentRoutes}: define one of that name to have
 * others instead. They are secured like all others, by their paths.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AgentSystemAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnClass({ AgentSystem.class, TurnRequest.class, Caffeine.class, RouterFunction.class, JsonMapper.class })
@ConditionalOnBooleanProperty(name = "switchboard.web.enabled", matchIfMissing = true)
@ConditionalOnMissingBean(name = "agentRoutes")
@EnableConfigurationProperties(AgentWebProperties.class)
public final class AgentWebAutoConfiguration {

	@Bean(destroyMethod = "close")
	SessionFeeds agentSessionFeeds(AgentWebProperties properties, ObjectProvider<Sanitizer> sanitizer,
			Environment environment) {
		UnknownKeys.check(environment, "switchboard.web", AgentWebProperties.class);
		return new SessionFeeds(properties.readerBuffer(), reasons(properties, sanitizer), scheduler());
	}

	@Bean
	@ConditionalOnBean({ AgentSystem.class, AgentCatalog.class })
	RouterFunction<ServerResponse> agentRoutes(AgentSystem system, AgentCatalog catalog, SessionFeeds feeds,
			ObjectProvider<Conversations> conversations, ObjectProvider<Approvals> approvals,
			ObjectProvider<JsonMapper> mapper, AgentWebProperties properties, ObjectProvider<Sanitizer> sanitizer) {
		Problems problems = new Problems(reasons(properties, sanitizer));
		Responses responses = new Responses(problems);
		EventStream stream = new EventStream(properties.keepAlive(), scheduler());
		TurnTargets targets = new TurnTargets(catalog);
		Turns turns = new Turns(system, feeds,
				new TurnSource(system, mapper.getIfAvailable(() -> JsonMapper.builder().build())),
				new IdempotentTurns(properties.idempotency().timeToLive(), properties.idempotency().maxSize().toBytes(),
						Ticker.systemTicker()),
				problems, properties, scheduler());
		return new AgentRoutes(
				new TurnHandler(targets, new TurnInputReader(properties.maxInput()), turns, responses, stream,
						properties, scheduler()),
				new SessionHandler(targets, system, conversations.getIfAvailable(), turns, responses, stream),
				new ApprovalHandler(targets, approvals.getIfAvailable(Approvals::new), new DecisionReader(), responses),
				responses)
			.below(properties.basePath());
	}

	private static ReasonText reasons(AgentWebProperties properties, ObjectProvider<Sanitizer> sanitizer) {
		return ReasonText.showingMessages(properties.showMessages(), sanitizer.getIfAvailable(Sanitizer::hiding));
	}

	/**
	 * Serves readers apart from the agents' own workers, so that writing to many
	 * connections slows no agent.
	 */
	private static Scheduler scheduler() {
		return Schedulers.parallel();
	}

}
