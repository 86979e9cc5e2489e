package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.switchboard.ai.Conversations;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.turn.GivenUpTurns;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.AgentSystemAutoConfiguration;
import io.switchboard.autoconfigure.diagnostics.UnknownKeys;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.autoconfigure.journal.JournalAutoConfiguration;
import io.switchboard.autoconfigure.journal.JournalProperties;
import io.switchboard.journal.InMemoryJournal;
import io.switchboard.journal.JournalWriters;
import io.switchboard.report.Sanitizer;
import io.switchboard.runtime.AgentSystem;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ListableBeanFactory;
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
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
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
@AutoConfiguration(after = { AgentSystemAutoConfiguration.class, JournalAutoConfiguration.class })
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnClass({ AgentSystem.class, TurnRequest.class, Caffeine.class, RouterFunction.class, JsonMapper.class })
@ConditionalOnBooleanProperty(name = "switchboard.web.enabled", matchIfMissing = true)
@ConditionalOnMissingBean(name = "agentRoutes")
@EnableConfigurationProperties(AgentWebProperties.class)
public final class AgentWebAutoConfiguration {

	private static final Duration ACCEPT_TIMEOUT = Duration.ofSeconds(5);

	@Bean(destroyMethod = "close")
	SessionFeeds agentSessionFeeds(AgentWebProperties properties, ObjectProvider<Sanitizer> sanitizer,
			ObjectProvider<JournalWriters> writers, Environment environment) {
		UnknownKeys.check(environment, "switchboard.web", AgentWebProperties.class);
		return new SessionFeeds(writers.getIfAvailable(() -> new JournalWriters(new InMemoryJournal())),
				properties.readerBuffer(), reasons(properties, sanitizer), DrainTime.of(environment), scheduler());
	}

	@Bean
	SessionAccess agentSessionAccess(SessionFeeds feeds, ObjectProvider<Callers> callers,
			ObjectProvider<JournalProperties> journal) {
		return new SessionAccess(callers.getIfAvailable(Callers::open), feeds.writers().journal(),
				acceptTimeout(journal), scheduler());
	}

	@Bean
	TurnLimits agentTurnLimits(AgentWebProperties properties) {
		return new TurnLimits(properties.limits(), () -> scheduler().now(TimeUnit.NANOSECONDS));
	}

	@Bean
	StreamLimits agentStreamLimits(AgentWebProperties properties) {
		return new StreamLimits(properties.limits(), scheduler());
	}

	@Bean
	SessionRemains agentSessionRemains(ObjectProvider<Conversations> conversations,
			ObjectProvider<GivenUpTurns> givenUp) {
		return new SessionRemains(conversations.getIfAvailable(), givenUp.getIfAvailable());
	}

	@Bean
	@ConditionalOnBean({ AgentSystem.class, AgentCatalog.class })
	Turns agentTurns(AgentSystem system, AgentCatalog catalog, SessionFeeds feeds, ObjectProvider<JsonMapper> mapper,
			ObjectProvider<Approvals> approvals, SessionAccess access, SessionRemains remains, TurnLimits limits,
			AgentWebProperties properties, ObjectProvider<Sanitizer> sanitizer) {
		PastEvents past = new PastEvents(feeds.writers().journal(), scheduler());
		RunningTurn.Means means = new RunningTurn.Means(past, problems(properties, sanitizer),
				properties.readerBuffer());
		Approvals asked = approvals.getIfAvailable(Approvals::new);
		Turns turns = new Turns(system, feeds,
				new TurnSource(system, mapper.getIfAvailable(() -> JsonMapper.builder().build())),
				new TurnTargets(catalog), asked, access, remains, limits, means);
		asked.wakeWith(turns::wake);
		return turns;
	}

	@Bean
	@ConditionalOnBean({ AgentSystem.class, AgentCatalog.class })
	TurnLifecycle agentTurnLifecycle(Turns turns) {
		return new TurnLifecycle(turns);
	}

	@Bean
	@ConditionalOnBean({ AgentSystem.class, AgentCatalog.class })
	RouterFunction<ServerResponse> agentRoutes(AgentSystem system, AgentCatalog catalog, SessionFeeds feeds,
			Turns turns, SessionAccess access, TurnLimits turnLimits, StreamLimits streamLimits, SessionRemains remains,
			ObjectProvider<Approvals> approvals, AgentWebProperties properties, ObjectProvider<Sanitizer> sanitizer) {
		Responses responses = new Responses(problems(properties, sanitizer));
		EventStream stream = new EventStream(properties.keepAlive(), scheduler());
		TurnTargets targets = new TurnTargets(catalog);
		Duration patience = properties.limits().bodyTimeout();
		Approvals asked = approvals.getIfAvailable(Approvals::new);
		Decider decider = new Decider(asked, feeds.writers().journal().isDurable(), access.patience(), scheduler());
		return new AgentRoutes(
				new TurnHandler(targets, new TurnInputReader(properties.maxInput(), patience, scheduler()), turns,
						access, turnLimits, streamLimits, responses, stream, properties, scheduler()),
				new SessionHandler(targets, system, remains, turns, access, streamLimits, responses, stream),
				new ApprovalHandler(targets, access, asked, decider, new DecisionReader(patience, scheduler()),
						responses, properties.listApprovals()),
				responses)
			.below(properties.basePath());
	}

	private static Duration acceptTimeout(ObjectProvider<JournalProperties> journal) {
		JournalProperties kept = journal.getIfAvailable();
		return (kept != null) ? kept.acceptTimeout() : ACCEPT_TIMEOUT;
	}

	private static Problems problems(AgentWebProperties properties, ObjectProvider<Sanitizer> sanitizer) {
		return new Problems(reasons(properties, sanitizer), sanitizer.getIfAvailable(Sanitizer::hiding));
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

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ SecurityWebFilterChain.class, Authentication.class })
	static class SecurityConfiguration {

		@Bean
		Callers agentCallers(ListableBeanFactory beans, AgentWebProperties properties) {
			return isSecured(beans) ? new SecuredCallers(properties.operatorRole()) : Callers.open();
		}

		/** Its own default chain is no bean, but what it works in is. */
		private static boolean isSecured(ListableBeanFactory beans) {
			return Stream.of(SecurityWebFilterChain.class, WebFilterChainProxy.class)
				.anyMatch((type) -> beans.getBeanNamesForType(type, true, false).length > 0);
		}

	}

}
