package io.switchboard.runtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.Terminated;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.NodeStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What watches and links leave behind: nothing.
 */
class TiesTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final AgentPath EAR = AgentPath.of("/ear");

	private static final AgentPath MAYFLY = AgentPath.of("/mayfly");

	private final AtomicInteger heard = new AtomicInteger();

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final DefaultAgentSystem system = (DefaultAgentSystem) AgentSystem.builder(SupervisorSpec.builder("root")
		.child(AgentSpec.builder("ear", Object.class, () -> this::hear).onLinkedExit((end) -> end).build())
		.child(AgentSpec.builder("mayfly", Object.class, () -> (message, context) -> {
			context.stop();
			return Mono.empty();
		}).build())
		.build()).scheduler(this.time).blockingScheduler(this.time).build();

	@BeforeEach
	void start() {
		this.system.start().block(LIMIT);
	}

	@AfterEach
	void stop() {
		this.system.stop().block(LIMIT);
	}

	@Test
	void subscriberThatLeavesLeavesNothingBehind() {
		Disposable subscriber = this.system.whenTerminated(MAYFLY).subscribe();

		subscriber.dispose();

		assertThat(tiesOf(MAYFLY)).isEmpty();
	}

	@Test
	void monitorThatIsCancelledLeavesNothingBehind() {
		ask((context) -> context.monitor(MAYFLY, (end) -> end).cancel());

		assertThat(tiesOf(MAYFLY)).isEmpty();
		assertThat(tiesOf(EAR)).isEmpty();
	}

	@Test
	void linkThatIsTakenAwayLeavesNothingBehind() {
		ask((context) -> context.link(MAYFLY));
		ask((context) -> context.unlink(MAYFLY));

		assertThat(tiesOf(MAYFLY)).isEmpty();
		assertThat(tiesOf(EAR)).isEmpty();
	}

	@Test
	void endTakesAllTiesWithIt() {
		ask((context) -> {
			context.link(MAYFLY);
			context.monitor(MAYFLY, (end) -> end);
		});

		this.system.supervisor(AgentPath.ROOT).terminateChild("mayfly").block(LIMIT);

		assertThat(this.heard).hasValue(2);
		assertThat(tiesOf(MAYFLY)).isEmpty();
		assertThat(tiesOf(EAR)).isEmpty();
	}

	@Test
	void lifeThatEndsWhileItIsFoundIsNobodyToWatch() {
		LastBreath cell = new LastBreath(this.system);

		assertThat(LifeWatch.begin(cell, (end) -> this.heard.incrementAndGet())).isNull();
		assertThat(cell.ties().take(1)).isEmpty();
		assertThat(this.heard).hasValue(0);
	}

	@Test
	void lifeThatEndsWhileItIsFoundIsNobodyToLinkTo() {
		LastBreath cell = new LastBreath(this.system);

		Link.tie((AgentCell) this.system.find(EAR), 1, MAYFLY, cell);

		assertThat(this.heard).hasValue(1);
		assertThat(cell.ties().take(1)).isEmpty();
		assertThat(tiesOf(EAR)).isEmpty();
	}

	@Test
	void lifeThatHasEndedItselfIsLinkedToNobody() {
		Link.tie((AgentCell) this.system.find(EAR), 0, MAYFLY);
		Link.tie((AgentCell) this.system.find(EAR), 0, AgentPath.of("/nobody"));

		assertThat(tiesOf(MAYFLY)).isEmpty();
		assertThat(tiesOf(EAR)).isEmpty();
	}

	@Test
	void linkThatIsThereIsNotMadeAgainFromTheOtherSide() {
		ask((context) -> context.link(MAYFLY));

		Link.tie((AgentCell) this.system.find(MAYFLY), 1, EAR);

		assertThat(tiesOf(MAYFLY)).hasSize(1);
		assertThat(tiesOf(EAR)).hasSize(1);
	}

	private List<Tie> tiesOf(AgentPath path) {
		Cell cell = this.system.find(path);
		assertThat(cell).isNotNull();
		return cell.ties().take(Long.MAX_VALUE);
	}

	private void ask(Deed deed) {
		this.system.agent(EAR, Object.class).ask(deed, Boolean.class, LIMIT).block(LIMIT);
	}

	private Mono<Boolean> hear(Object message, AgentContext<Object> context) {
		if (message instanceof Deed deed) {
			deed.perform(context);
		}
		else {
			assertThat(message).isInstanceOfSatisfying(Terminated.class,
					(end) -> assertThat(end.reason()).isNotEqualTo(ExitReason.killed()));
			this.heard.incrementAndGet();
		}
		return Mono.just(true);
	}

	/**
	 * A cell whose life ends after it was looked at once.
	 */
	private static final class LastBreath extends Cell {

		private int looks;

		LastBreath(DefaultAgentSystem system) {
			super(system, MAYFLY, alive(), (report) -> {
			});
		}

		private static Child alive() {
			Child child = new Child(
					AgentSpec.builder("mayfly", Object.class, () -> (message, context) -> Mono.empty()).build(), 0);
			child.incarnation = 1;
			child.status = NodeStatus.RUNNING;
			return child;
		}

		@Override
		boolean hasEnded(long incarnation) {
			return this.looks++ > 0;
		}

		@Override
		boolean minds(ExitReason reason) {
			return false;
		}

		@Override
		void start(long incarnation) {
		}

		@Override
		protected void requestStop(long incarnation, ExitReason reason) {
		}

		@Override
		void kill(long incarnation) {
		}

		@Override
		void close(ExitReason reason) {
		}

		@Override
		void endPlaces() {
		}

		@Override
		boolean isClosed() {
			return false;
		}

		@Override
		void hear(LinkEnd link) {
		}

		@Override
		protected boolean isWanted() {
			return false;
		}

		@Override
		void suspend(Runnable done, Runnable notRunning) {
		}

		@Override
		void resume(Runnable done) {
		}

		@Override
		boolean isSuspended() {
			return false;
		}

	}

	/**
	 * What the agent is to do.
	 */
	@FunctionalInterface
	private interface Deed {

		void perform(AgentContext<Object> context);

	}

}
