package io.switchboard.autoconfigure.annotated;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.switchboard.AgentContext;
import io.switchboard.Behaviour;
import io.switchboard.ExitReason;
import io.switchboard.annotation.Agent;
import io.switchboard.annotation.OnMessage;
import io.switchboard.annotation.OnStart;
import io.switchboard.annotation.OnStop;
import io.switchboard.autoconfigure.ChildDefinition;
import io.switchboard.autoconfigure.SwitchboardProperties;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.mailbox.OverflowPolicy;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.BudgetScope;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.Shutdown;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.BDDMockito;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link AnnotatedAgentSource} and the behaviours it makes.
 */
class AnnotatedAgentSourceTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@SuppressWarnings("unchecked")
	private final AgentContext<Object> agentContext = BDDMockito.mock(AgentContext.class);

	private final Log log = new Log(new ArrayList<>());

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void aClassSaysHowItIsRun() {
		ChildDefinition definition = define(Map.of(), Pricing.class);

		assertThat(definition.origin()).isEqualTo("class " + Pricing.class.getName());
		assertThat(definition.supervisor()).isEqualTo("desk");
		AgentSpec<?> spec = (AgentSpec<?>) definition.spec();
		assertThat(spec.id()).isEqualTo("prices");
		assertThat(spec.restart()).isEqualTo(Restart.TEMPORARY);
		assertThat(spec.shutdown()).isEqualTo(Shutdown.after(Duration.ofMinutes(1)));
		assertThat(spec.messageTypes()).contains(String.class, Integer.class);
		assertThat(spec.blocking()).isTrue();
	}

	@Test
	void aClassThatSaysNothingHasDefaults() {
		ChildDefinition definition = define(Map.of(), OrderDeskAgent.class);

		assertThat(definition.supervisor()).isEqualTo("/");
		AgentSpec<?> spec = (AgentSpec<?>) definition.spec();
		assertThat(spec.id()).isEqualTo("order-desk");
		assertThat(spec.restart()).isEqualTo(Restart.PERMANENT);
		assertThat(spec.shutdown()).isEqualTo(Shutdown.after(Duration.ofSeconds(10)));
		assertThat(spec.mailbox()).isEqualTo(MailboxSpec.defaults());
		assertThat(spec.blocking()).isFalse();
	}

	@Test
	void theConfigurationOverridesTheClass() {
		Map<String, String> properties = Map.of("switchboard.agents.prices.supervisor", "back",
				"switchboard.agents.prices.restart", "permanent", "switchboard.agents.prices.shutdown", "3s",
				"switchboard.agents.prices.mailbox.capacity", "7", "switchboard.agents.prices.mailbox.overflow",
				"drop-oldest");

		ChildDefinition definition = define(properties, Pricing.class);

		assertThat(definition.supervisor()).isEqualTo("back");
		AgentSpec<?> spec = (AgentSpec<?>) definition.spec();
		assertThat(spec.restart()).isEqualTo(Restart.PERMANENT);
		assertThat(spec.shutdown()).isEqualTo(Shutdown.after(Duration.ofSeconds(3)));
		assertThat(spec.mailbox()).isEqualTo(new MailboxSpec(7, OverflowPolicy.DROP_OLDEST));
	}

	@Test
	void whatTheConfigurationLeavesOpenStaysAsTheClassSays() {
		ChildDefinition definition = define(Map.of("switchboard.agents.prices.mailbox.capacity", "7"), Pricing.class);

		assertThat(definition.supervisor()).isEqualTo("desk");
		assertThat(definition.spec().restart()).isEqualTo(Restart.TEMPORARY);
		assertThat(definition.spec().shutdown()).isEqualTo(Shutdown.after(Duration.ofMinutes(1)));
	}

	@ParameterizedTest(name = "default {1}, for the agent {2}")
	@MethodSource("handlerTimeouts")
	void theHandlerTimeoutIsThatOfTheConfigurationOfTheClassOrOfAll(Class<?> type, String all, @Nullable String one,
			@Nullable Duration expected) {
		Map<String, String> properties = new HashMap<>();
		properties.put("switchboard.handler-timeout", all);
		if (one != null) {
			properties.put("switchboard.agents.order-desk.handler-timeout", one);
			properties.put("switchboard.agents.limited.handler-timeout", one);
		}

		AgentSpec<?> spec = (AgentSpec<?>) define(properties, type).spec();

		assertThat(spec.handlerTimeout()).isEqualTo(expected);
	}

	static Stream<Arguments> handlerTimeouts() {
		return Stream.of(arguments(OrderDeskAgent.class, "0s", null, null),
				arguments(OrderDeskAgent.class, "1m", null, Duration.ofMinutes(1)),
				arguments(OrderDeskAgent.class, "1m", "2s", Duration.ofSeconds(2)),
				arguments(OrderDeskAgent.class, "1m", "0s", null),
				arguments(Limited.class, "1m", null, Duration.ofSeconds(30)),
				arguments(Limited.class, "1m", "2s", Duration.ofSeconds(2)));
	}

	@Test
	void anAgentPerSessionIsATemplate() {
		ChildSpec spec = define(Map.of("switchboard.agents.chat.max-sessions", "5"), Chat.class).spec();

		assertThat(spec).isInstanceOfSatisfying(DynamicSupervisorSpec.class, (supervisor) -> {
			assertThat(supervisor.budgetScope()).isEqualTo(BudgetScope.CHILD);
			assertThat(supervisor.maxChildren()).isEqualTo(5);
			assertThat(supervisor.template()).isNotNull();
			AgentSpec<?> session = supervisor.template().apply("s-1");
			assertThat(session.id()).isEqualTo("s-1");
			assertThat(session.restart()).isEqualTo(Restart.TRANSIENT);
		});
	}

	@Test
	void agentsAreOrderedByOrderAndName() {
		assertThat(definitions(Map.of(), OrderDeskAgent.class, Pricing.class, Chat.class, First.class))
			.extracting((definition) -> definition.spec().id())
			.containsExactly("first", "chat", "order-desk", "prices");
	}

	@Test
	void eachIncarnationIsANewBeanWithItsDependencies() throws Exception {
		AgentSpec<Object> spec = spec(Counter.class);

		Behaviour<Object> first = spec.factory().create();
		Behaviour<Object> second = spec.factory().create();

		assertThat(answer(first, "count")).containsExactly(1);
		assertThat(answer(first, "count")).containsExactly(2);
		assertThat(answer(second, "count")).containsExactly(1);
		assertThat(this.log.lines()).containsExactly("created", "created");
	}

	@ParameterizedTest
	@MethodSource
	void answersAreTakenAsTheyCome(Object message, List<Object> expected) throws Exception {
		Behaviour<Object> behaviour = spec(Pricing.class).factory().create();

		assertThat(answer(behaviour, message)).isEqualTo(expected);
	}

	static Stream<Arguments> answersAreTakenAsTheyCome() {
		return Stream.of(arguments("value", List.of("value")), arguments(1, List.of(1)),
				arguments(3L, List.of(0, 1, 2)), arguments(2.5, List.of(2.5)), arguments('c', List.of()),
				arguments((byte) 1, List.of()));
	}

	@ParameterizedTest
	@MethodSource
	void nullWhereAValueIsDueIsAClearError(Object message, String method) throws Exception {
		Behaviour<Object> behaviour = spec(AnswersNull.class).factory().create();

		StepVerifier.create(Flux.defer(() -> call(behaviour, message)))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(IllegalStateException.class)
				.hasMessageContainingAll("AnswersNull." + method, "answered null", "declare void"))
			.verify(LIMIT);
	}

	static Stream<Arguments> nullWhereAValueIsDueIsAClearError() {
		return Stream.of(arguments("s", "value(String)"), arguments(1, "mono(Integer)"), arguments(1L, "stage(Long)"),
				arguments(1.0, "completed(Double)"));
	}

	@Test
	void exceptionsArriveAsTheyWereThrown() throws Exception {
		Behaviour<Object> behaviour = spec(Fails.class).factory().create();

		assertThatIllegalStateException().isThrownBy(() -> behaviour.onMessage("bug", this.agentContext))
			.withMessage("bug")
			.withNoCause();
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> behaviour.onMessage(1, this.agentContext));
	}

	@Test
	void startAndStopAreCalledAndTheBeanIsGivenBackOnce() throws Exception {
		Behaviour<Object> behaviour = spec(Hooked.class).factory().create();

		StepVerifier.create(behaviour.onStart(this.agentContext)).expectComplete().verify(LIMIT);
		StepVerifier.create(behaviour.onStop(ExitReason.shutdown(), this.agentContext)).expectComplete().verify(LIMIT);
		StepVerifier.create(behaviour.onStop(ExitReason.shutdown(), this.agentContext)).expectComplete().verify(LIMIT);

		assertThat(this.log.lines()).containsExactly("start", "stop shutdown", "destroyed", "stop shutdown");
	}

	@ParameterizedTest
	@MethodSource
	void aFailedStartOrStopGivesTheBeanBack(Class<?> type, Consumer<Behaviour<Object>> call) throws Exception {
		Behaviour<Object> behaviour = spec(type).factory().create();

		call.accept(behaviour);

		assertThat(this.log.lines()).containsExactly("destroyed");
	}

	static Stream<Arguments> aFailedStartOrStopGivesTheBeanBack() {
		return Stream.of(arguments(FailsToStart.class, failing((behaviour) -> behaviour.onStart(noContext()))),
				arguments(FailsToStartLater.class, failing((behaviour) -> behaviour.onStart(noContext()))), arguments(
						FailsToStop.class, failing((behaviour) -> behaviour.onStop(ExitReason.normal(), noContext()))));
	}

	@Test
	void sharedBeansAreRefused() {
		assertThatExceptionOfType(SharedAgentException.class)
			.isThrownBy(() -> definitions(Map.of(), SingletonAgent.class, SharedByMethod.class))
			.withMessageContainingAll(
					"bean 'annotatedAgentSourceTests.SingletonAgent', class " + SingletonAgent.class.getName(),
					"bean 'fromMethod', class " + Counter.class.getName())
			.satisfies(
					(ex) -> assertThat(ex.action()).contains("Remove the @Scope annotation", "@Scope(\"prototype\")"));
	}

	@Test
	void aPrototypeFromABeanMethodIsFine() {
		assertThat(define(Map.of(), PrototypeByMethod.class).spec().id()).isEqualTo("counter");
	}

	@Test
	void whatIsWrongWithSeveralClassesIsReportedAtOnce() {
		assertThatExceptionOfType(InvalidAgentClassException.class)
			.isThrownBy(() -> definitions(Map.of(), BadName.class, BadShutdown.class, TwoRestarts.class))
			.withMessageContainingAll("'a/b'", "shutdown = \"soon\"", "handlerTimeout = \"never\"", "such as \"10s\"",
					"restart = [PERMANENT, TRANSIENT]",
					BadName.class.getName() + " has no method annotated with @OnMessage");
	}

	private ChildDefinition define(Map<String, String> properties, Class<?> type) {
		List<ChildDefinition> definitions = definitions(properties, type);
		assertThat(definitions).hasSize(1);
		return definitions.get(0);
	}

	@SuppressWarnings("unchecked")
	private AgentSpec<Object> spec(Class<?> type) {
		return (AgentSpec<Object>) define(Map.of(), type).spec();
	}

	private List<ChildDefinition> definitions(Map<String, String> properties, Class<?>... types) {
		this.context.registerBean(Log.class, () -> this.log);
		this.context.register(types);
		this.context.refresh();
		SwitchboardProperties bound = new Binder(new MapConfigurationPropertySource(properties))
			.bindOrCreate("switchboard", SwitchboardProperties.class);
		return new AnnotatedAgentSource(this.context.getBeanFactory(), bound).definitions();
	}

	private List<Object> answer(Behaviour<Object> behaviour, Object message) {
		return Flux.from(call(behaviour, message)).cast(Object.class).collectList().blockOptional(LIMIT).orElseThrow();
	}

	private Publisher<?> call(Behaviour<Object> behaviour, Object message) {
		try {
			return behaviour.onMessage(message, this.agentContext);
		}
		catch (Exception ex) {
			return Mono.error(ex);
		}
	}

	private static Consumer<Behaviour<Object>> failing(Call call) {
		return (behaviour) -> assertThatIllegalStateException().isThrownBy(() -> call.on(behaviour).block(LIMIT));
	}

	@SuppressWarnings("unchecked")
	private static AgentContext<Object> noContext() {
		return BDDMockito.mock(AgentContext.class);
	}

	interface Call {

		Mono<Void> on(Behaviour<Object> behaviour) throws Exception;

	}

	record Log(List<String> lines) {

	}

	@Agent(handlerTimeout = "30s")
	static class Limited {

		@OnMessage
		String value(String message) {
			return message;
		}

	}

	@Agent(name = "prices", supervisor = "desk", restart = Restart.TEMPORARY, shutdown = "1m")
	static class Pricing {

		@OnMessage
		String value(String message) {
			return message;
		}

		@OnMessage
		Mono<Integer> mono(Integer message) {
			return Mono.just(message);
		}

		@OnMessage
		Flux<Integer> flux(Long message) {
			return Flux.range(0, message.intValue());
		}

		@OnMessage
		CompletionStage<Double> stage(Double message) {
			return CompletableFuture.completedFuture(message);
		}

		@OnMessage
		void nothing(Character message) {
		}

		@OnMessage
		CompletionStage<@Nullable Void> nothingLater(Byte message) {
			return CompletableFuture.completedFuture(null);
		}

	}

	@Agent
	static class OrderDeskAgent {

		@OnMessage
		Mono<String> handle(String message) {
			return Mono.just(message);
		}

	}

	@Agent(name = "chat", perSession = true)
	static class Chat extends OrderDeskAgent {

	}

	@Order(1)
	@Agent("first")
	static class First extends OrderDeskAgent {

	}

	@Agent
	static class Counter {

		private int count;

		Counter(Log log) {
			log.lines().add("created");
		}

		@OnMessage
		int count(String message) {
			return ++this.count;
		}

	}

	@Agent
	static class AnswersNull {

		@OnMessage
		@Nullable String value(String message) {
			return null;
		}

		@OnMessage
		@Nullable Mono<String> mono(Integer message) {
			return null;
		}

		@OnMessage
		@Nullable CompletionStage<String> stage(Long message) {
			return null;
		}

		@OnMessage
		CompletionStage<@Nullable String> completed(Double message) {
			return CompletableFuture.completedFuture(null);
		}

	}

	@Agent
	static class Fails {

		@OnMessage
		String bug(String message) {
			throw new IllegalStateException(message);
		}

		@OnMessage
		@SuppressWarnings("InfiniteRecursion")
		int overflow(Integer message) {
			return overflow(message + 1) + 1;
		}

	}

	abstract static class Logging extends OrderDeskAgent implements DisposableBean {

		final Log log;

		Logging(Log log) {
			this.log = log;
		}

		@Override
		public void destroy() {
			this.log.lines().add("destroyed");
		}

	}

	@Agent
	static class Hooked extends Logging {

		Hooked(Log log) {
			super(log);
		}

		@OnStart
		void start(AgentContext<Object> context) {
			this.log.lines().add("start");
		}

		@OnStop
		Mono<Void> stop(ExitReason reason) {
			return Mono.fromRunnable(() -> this.log.lines().add("stop " + reason));
		}

	}

	@Agent
	static class FailsToStart extends Logging {

		FailsToStart(Log log) {
			super(log);
		}

		@OnStart
		void start() {
			throw new IllegalStateException("not ready");
		}

	}

	@Agent
	static class FailsToStartLater extends Logging {

		FailsToStartLater(Log log) {
			super(log);
		}

		@OnStart
		Mono<Void> start() {
			return Mono.error(new IllegalStateException("not ready"));
		}

	}

	@Agent
	static class FailsToStop extends Logging {

		FailsToStop(Log log) {
			super(log);
		}

		@OnStop
		void stop() {
			throw new IllegalStateException("not clean");
		}

	}

	@Agent
	@Scope("singleton")
	static class SingletonAgent extends OrderDeskAgent {

	}

	@Configuration(proxyBeanMethods = false)
	static class SharedByMethod {

		@Bean
		Counter fromMethod(Log log) {
			return new Counter(log);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrototypeByMethod {

		@Bean
		@Scope("prototype")
		Counter fromMethod(Log log) {
			return new Counter(log);
		}

	}

	@Agent("a/b")
	static class BadName {

	}

	@Agent(shutdown = "soon", handlerTimeout = "never")
	static class BadShutdown extends OrderDeskAgent {

	}

	@Agent(restart = { Restart.PERMANENT, Restart.TRANSIENT })
	static class TwoRestarts extends OrderDeskAgent {

	}

}
