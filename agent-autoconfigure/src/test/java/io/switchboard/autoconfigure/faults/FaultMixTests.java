package io.switchboard.autoconfigure.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.ai.Conversations;
import io.switchboard.ai.ModelAgent;
import io.switchboard.ai.approval.ApprovalRequest;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.approval.Decision;
import io.switchboard.ai.approval.UnknownApprovalException;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.model.CallLimits;
import io.switchboard.ai.model.ModelLine;
import io.switchboard.ai.recovery.Ladder;
import io.switchboard.ai.recovery.RecoveryPolicy;
import io.switchboard.ai.recovery.RetryDelay;
import io.switchboard.ai.tool.ToolMethods;
import io.switchboard.ai.turn.TurnCompleted;
import io.switchboard.ai.turn.TurnEvent;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.autoconfigure.line.OpenAiLineAutoConfiguration;
import io.switchboard.autoconfigure.openai.OpenAiStreamsAutoConfiguration;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.provider.ExchangeOutcome;
import io.switchboard.test.provider.FakeProvider;
import io.switchboard.tree.TreeNode;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.model.openai.autoconfigure.OpenAiChatAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Turns of many sessions with a provider, tools, people and clients that do whatever can
 * go wrong, and with agents that are killed. A quarter of a minute unless
 * {@code -Dtests.faults=PT1H} or the like says otherwise; {@code -Dtests.faults.seed}
 * repeats the choices, though not how threads take turns.
 */
class FaultMixTests {

	private static final Logger logger = LoggerFactory.getLogger(FaultMixTests.class);

	private static final List<String> NOISY = List.of("io.switchboard.ai", "io.switchboard.runtime",
			MessageAggregator.class.getName());

	private static final Duration DURATION = Duration.parse(System.getProperty("tests.faults", "PT15S"));

	private static final long SEED = Long.getLong("tests.faults.seed", System.nanoTime());

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final int SESSIONS = 32;

	private static final AgentPath DESK = AgentPath.of("/desk");

	private static final AgentPath TOOLS = AgentPath.of("/tools");

	private final FaultyTools tools = new FaultyTools();

	private final Approvals approvals = new Approvals();

	private final Conversations conversations = Conversations.inMemory().withWindow(10);

	private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

	private final Map<String, String> answers = new ConcurrentHashMap<>();

	/**
	 * Who has begun to serve. An agent that is killed before that is not restarted.
	 */
	private final Set<AgentPath> serving = ConcurrentHashMap.newKeySet();

	private final AtomicInteger ended = new AtomicInteger();

	private final AtomicInteger left = new AtomicInteger();

	private final AtomicInteger killed = new AtomicInteger();

	@Test
	void eachTurnEndsOnceAndNothingIsLeft() {
		logger.info("-Dtests.faults={} -Dtests.faults.seed={}", DURATION, SEED);
		quietly(this::mix);
		logger.info("{} turns, of which clients left {}; {} kills, {} calls of tools", this.ended, this.left,
				this.killed, this.tools.count());
	}

	private void mix() {
		List<Thread> before = threads();
		try (FakeProvider provider = FakeProvider.start()) {
			provider.otherwise(new FaultyModel(SEED));
			new ApplicationContextRunner()
				.withConfiguration(
						AutoConfigurations.of(OpenAiStreamsAutoConfiguration.class, OpenAiLineAutoConfiguration.class,
								OpenAiChatAutoConfiguration.class, ToolCallingAutoConfiguration.class))
				.withPropertyValues("spring.ai.openai.base-url=" + provider.baseUrl(), "spring.ai.openai.api-key=any",
						"spring.ai.openai.chat.model=fake-model", "spring.ai.openai.chat.max-retries=0")
				.run((context) -> run(context, provider));
			assertThat(eventually(() -> provider.openConnections() == 0)).as("connections left").isTrue();
		}
		assertThat(eventually(() -> newThreads(before).isEmpty())).as("threads left: %s", newThreads(before)).isTrue();
	}

	/**
	 * Each fault is worth a line in the log, which here is too much.
	 */
	private static void quietly(Runnable work) {
		LoggingSystem logging = LoggingSystem.get(FaultMixTests.class.getClassLoader());
		NOISY.forEach((name) -> logging.setLogLevel(name, LogLevel.OFF));
		try {
			work.run();
		}
		finally {
			NOISY.forEach((name) -> logging.setLogLevel(name, null));
		}
	}

	private void run(ApplicationContext context, FakeProvider provider) {
		AgentSystem system = system(context);
		system.start().block(PATIENCE);

		Disposable trouble = Disposables.composite(kills(system), decisions());
		Flux.range(0, SESSIONS)
			.flatMap((session) -> session(system, session), SESSIONS)
			.then()
			.block(DURATION.plus(PATIENCE));
		trouble.dispose();

		assertThat(this.complaints).as("complaints with the seed %d", SEED).isEmpty();
		assertThat(this.tools.repeated()).as("calls made again with the seed %d", SEED).isEmpty();
		assertThat(this.ended.get()).as("turns").isGreaterThan(SESSIONS);
		assertThat(eventually(() -> open(provider) == 0)).as("exchanges left: %d", open(provider)).isTrue();
		assertThat(eventually(() -> below(system, TOOLS).isEmpty())).as("tasks left: %s", below(system, TOOLS))
			.isTrue();
		assertThat(this.approvals.waiting()).isEmpty();
		for (int session = 0; session < SESSIONS; session++) {
			assertThatWhatWasSaidIsKeptOnce(DESK.child("s" + session));
		}
		system.stop().block(PATIENCE);
	}

	private AgentSystem system(ApplicationContext context) {
		OpenAiChatModel model = context.getBean(OpenAiChatModel.class);
		RestartIntensity plenty = new RestartIntensity(1_000_000, Duration.ofSeconds(1));
		RecoveryPolicy recovery = RecoveryPolicy.defaults()
			.withDelay(new RetryDelay(Duration.ofMillis(1), Duration.ofSeconds(5)))
			.with(FailureClass.OVERLOADED, Ladder.of("retry", "restart", "switch-model"))
			.with(FailureClass.PROVIDER_ERROR, Ladder.of("retry", "ask-human"))
			.with(FailureClass.INVALID_OUTPUT,
					Ladder.of("feedback", "options(temperature=0.1)", "restart-conversation"))
			.with(FailureClass.TOOL_TIMEOUT, Ladder.of("retry", "feedback"));
		return AgentSystem.builder(SupervisorSpec.builder("root")
			.children(List.of(DynamicSupervisorSpec.builder(TOOLS.name()).maxChildren(1_000).build(),
					DynamicSupervisorSpec.builder(DESK.name())
						.intensity(plenty)
						.template(ModelAgent.builder("session")
							.model(model)
							.fallback(model)
							.line(context.getBean(ModelLine.class))
							.limits(new CallLimits(Duration.ofMillis(500), Duration.ofMillis(300),
									Duration.ofMillis(1_500)))
							.tools(ToolMethods.of(this.tools))
							.toolSupervisor(TOOLS)
							.conversations(this.conversations)
							.recovery(recovery)
							.approvals(this.approvals)
							.approvalFor("refund")
							.template())
						.build()))
			.build()).build();
	}

	// ---- clients

	private Mono<Void> session(AgentSystem system, int session) {
		Random random = new Random(SEED + session);
		long until = System.nanoTime() + DURATION.toNanos();
		AtomicInteger turns = new AtomicInteger();
		return Mono.defer(() -> turn(system, session, turns.incrementAndGet(), random))
			.repeat(() -> System.nanoTime() - until < 0)
			.then();
	}

	private Mono<Void> turn(AgentSystem system, int session, int number, Random random) {
		String id = "s%d-t%d".formatted(session, number);
		TurnCheck check = new TurnCheck(id);
		TurnRequest request = new TurnRequest(id, "This is " + id);
		AgentRef<TurnRequest> agent = system.agent(DESK.child("s" + session), TurnRequest.class);
		int dice = random.nextInt(100);
		Flux<TurnEvent> events;
		if (dice < 15) {
			events = agent.ask(request, TurnEvent.class, PATIENCE).flux();
		}
		else {
			events = agent.stream(request, TurnEvent.class).timeout(PATIENCE);
		}
		events = events.doOnNext((event) -> {
			this.serving.add(agent.path());
			hear(check, event);
		});
		if (dice >= 85) {
			this.left.incrementAndGet();
			Duration soon = Duration.ofMillis(random.nextInt(200));
			events = (dice >= 93) ? events.take(1 + random.nextInt(5)) : events.takeUntilOther(Mono.delay(soon));
		}
		boolean streamed = dice >= 15;
		boolean whole = dice < 85;
		return events.then(Mono.<Void>fromRunnable(() -> {
			this.ended.incrementAndGet();
			this.complaints.addAll(streamed ? check.complaints(whole) : check.complaintsOfAsker());
		})).onErrorResume((ex) -> {
			this.complaints.add("Turn %s fails: %s; %s, which waits for %s, is %s".formatted(id, ex, agent.path(),
					this.approvals.waiting(agent.path()), system.node(agent.path())));
			return Mono.empty();
		});
	}

	private void hear(TurnCheck check, TurnEvent event) {
		check.see(event);
		if (event instanceof TurnCompleted completed) {
			this.answers.put("This is " + event.turn(), completed.answer());
		}
	}

	// ---- trouble

	private Disposable kills(AgentSystem system) {
		Random random = new Random(~SEED);
		return Flux.interval(Duration.ofMillis(25)).onBackpressureDrop().concatMap((tick) -> {
			AgentPath victim = DESK.child("s" + random.nextInt(SESSIONS));
			if (!this.serving.contains(victim)) {
				return Mono.empty();
			}
			return system.control(victim).kill().doOnSuccess((done) -> this.killed.incrementAndGet()).onErrorComplete();
		}).subscribe();
	}

	private Disposable decisions() {
		Random random = new Random(SEED * 17);
		return Flux.interval(Duration.ofMillis(20))
			.onBackpressureDrop()
			.doOnNext((tick) -> this.approvals.waiting().forEach((request) -> decide(request, random.nextInt(3) != 0)))
			.subscribe();
	}

	private void decide(ApprovalRequest request, boolean approved) {
		try {
			this.approvals.decide(request.agent(), request.turn(), request.call(),
					approved ? new Decision.Approve() : new Decision.Reject("Not today"));
		}
		catch (UnknownApprovalException ex) {
			// The client has left in the meantime
		}
	}

	// ---- what is left

	private void assertThatWhatWasSaidIsKeptOnce(AgentPath agent) {
		List<Message> said = Stream.ofNullable(this.conversations.transcript(agent).block(PATIENCE))
			.flatMap(List::stream)
			.toList();
		List<String> asked = new ArrayList<>();
		for (int i = 0; i < said.size(); i++) {
			assertThat(said.get(i).getMessageType()).as("%s: %s", agent, said)
				.isEqualTo((i % 2 == 0) ? MessageType.USER : MessageType.ASSISTANT);
			if (i % 2 == 0) {
				asked.add(said.get(i).getText());
			}
			else {
				String text = said.get(i).getText();
				assertThat(this.answers.getOrDefault(said.get(i - 1).getText(), text)).as("%s: %s", agent, said)
					.isEqualTo(text);
			}
		}
		assertThat(asked).as("%s with the seed %d", agent, SEED).doesNotHaveDuplicates();
	}

	private static long open(FakeProvider provider) {
		return provider.exchanges().stream().filter((exchange) -> exchange.outcome() == ExchangeOutcome.OPEN).count();
	}

	private static List<TreeNode> below(AgentSystem system, AgentPath supervisor) {
		return system.tree().walk().filter((node) -> supervisor.equals(node.path().parent())).toList();
	}

	private static List<Thread> threads() {
		return List.copyOf(Thread.getAllStackTraces().keySet());
	}

	/**
	 * Threads that belong to the system or keep the process from its end.
	 */
	private static List<Thread> newThreads(List<Thread> before) {
		return threads().stream()
			.filter((thread) -> !before.contains(thread))
			.filter((thread) -> !thread.isDaemon() || thread.getName().startsWith("switchboard"))
			.toList();
	}

	private static boolean eventually(BooleanSupplier condition) {
		long until = System.nanoTime() + PATIENCE.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - until > 0) {
				return false;
			}
			LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
		}
		return true;
	}

}
