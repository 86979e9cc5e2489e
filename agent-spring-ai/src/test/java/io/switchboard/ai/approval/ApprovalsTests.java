package io.switchboard.ai.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.event.AgentEvent;
import io.switchboard.supervision.NodeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Tests for {@link Approvals}.
 */
class ApprovalsTests {

	private static final AgentPath ANN = AgentPath.of("/desk/ann");

	private static final AgentPath BOB = AgentPath.of("/desk/bob");

	private final Approvals approvals = new Approvals();

	@Test
	void whoDecidesIsToldWhetherTheTurnHasTakenIt() {
		ask(ANN, "t1", "c1", 1);
		ask(ANN, "t1", "c2", 1);

		StepVerifier.create(this.approvals.decideAndWait(ANN, "t1", "c1", new Decision.Approve()))
			.then(() -> this.approvals.taken(ANN, "c1"))
			.expectComplete()
			.verify(Duration.ofSeconds(60));
		StepVerifier.create(this.approvals.decideAndWait(ANN, "t1", "c2", new Decision.Approve()))
			.then(() -> this.approvals.over(ANN, "t1"))
			.expectError(UnknownApprovalException.class)
			.verify(Duration.ofSeconds(60));
		StepVerifier.create(this.approvals.decideAndWait(ANN, "t1", "c2", new Decision.Approve()))
			.expectError(UnknownApprovalException.class)
			.verify(Duration.ofSeconds(60));
	}

	@Test
	void whatWaitsIsListedOldestFirst() {
		ApprovalRequest late = ask(ANN, "t1", "c1", 2);
		ApprovalRequest early = ask(BOB, "t1", "c1", 1);

		assertThat(this.approvals.waiting()).containsExactly(early, late);
		assertThat(this.approvals.waiting(ANN)).containsExactly(late);
		assertThat(this.approvals.waiting(AgentPath.of("/desk/eve"))).isEmpty();
	}

	@Test
	void aDecisionReachesWhoeverWaits() {
		ask(ANN, "t1", "c1", 1);
		List<Object> heard = new ArrayList<>();
		this.approvals.next(ANN).subscribe(heard::add);
		assertThat(heard).isEmpty();

		this.approvals.decide(ANN, "t1", "c1", new Decision.Approve());

		assertThat(heard).containsExactly(new Approvals.Decided("c1", new Decision.Approve()));
		assertThat(this.approvals.waiting()).isEmpty();
	}

	@Test
	void aDecisionIsKeptUntilItIsTaken() {
		ask(ANN, "t1", "c1", 1);
		ask(ANN, "t1", "c2", 1);
		this.approvals.decide(ANN, "t1", "c1", new Decision.Reject("no"));

		assertThat(decided()).containsExactly(new Approvals.Decided("c1", new Decision.Reject("no")));
		assertThat(decided()).hasSize(1);
		this.approvals.taken(ANN, "c1");

		assertThat(decided()).isEmpty();
	}

	@Test
	void nothingIsDecidedTwiceOrUnasked() {
		ask(ANN, "t1", "c1", 1);
		ask(ANN, "t1", "c2", 1);
		this.approvals.decide(ANN, "t1", "c1", new Decision.Approve());

		for (String[] wrong : new String[][] { { "/desk/ann", "t1", "c1" }, { "/desk/ann", "t1", "c3" },
				{ "/desk/ann", "t2", "c2" }, { "/desk/bob", "t1", "c2" } }) {
			assertThatExceptionOfType(UnknownApprovalException.class)
				.isThrownBy(
						() -> this.approvals.decide(AgentPath.of(wrong[0]), wrong[1], wrong[2], new Decision.Approve()))
				.withMessageContaining("'" + wrong[0] + "'")
				.withMessageContaining("'" + wrong[2] + "'");
		}
		assertThat(decided()).containsExactly(new Approvals.Decided("c1", new Decision.Approve()));
	}

	@Test
	void theMessageSaysWhatIsOpen() {
		ask(ANN, "t1", "c2", 1);

		assertThatExceptionOfType(UnknownApprovalException.class)
			.isThrownBy(() -> this.approvals.decide(ANN, "t1", "c1", new Decision.Approve()))
			.withMessageEndingWith("Open now: [c2]");
	}

	@Test
	void askingAgainChangesNothing() {
		ApprovalRequest first = ask(ANN, "t1", "c1", 1);
		ask(ANN, "t1", "c1", 2);
		assertThat(this.approvals.waiting()).containsExactly(first);

		this.approvals.decide(ANN, "t1", "c1", new Decision.Approve());
		ask(ANN, "t1", "c1", 3);

		assertThat(decided()).hasSize(1);
	}

	@Test
	void whatAnEarlierTurnAskedIsVoid() {
		ask(ANN, "t1", "c1", 1);
		ApprovalRequest next = ask(ANN, "t2", "c1", 2);

		assertThat(this.approvals.waiting()).containsExactly(next);
		this.approvals.over(ANN, "t1");
		assertThat(this.approvals.waiting()).containsExactly(next);
		this.approvals.over(ANN, "t2");
		assertThat(this.approvals.waiting()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource
	void whatAgentsAskedThatAreGoneForGoodIsForgotten(AgentEvent event, boolean forgotten) {
		ApprovalRequest ann = ask(ANN, "t1", "c1", 1);
		ApprovalRequest other = ask(AgentPath.of("/desktop/ann"), "t1", "c1", 2);

		this.approvals.onEvent(event);

		assertThat(this.approvals.waiting())
			.containsExactlyElementsOf(forgotten ? List.of(other) : List.of(ann, other));
	}

	static Stream<Arguments> whatAgentsAskedThatAreGoneForGoodIsForgotten() {
		AgentPath desk = AgentPath.of("/desk");
		ExitReason crash = ExitReason.crash(new IllegalStateException("bug"));
		return Stream.of(argumentSet("the agent is stopped", stopped(ANN, NodeType.AGENT), true),
				argumentSet("another agent is stopped", stopped(BOB, NodeType.AGENT), false),
				argumentSet("its supervisor is stopped", stopped(desk, NodeType.SUPERVISOR), true),
				argumentSet("its dynamic supervisor is stopped", stopped(desk, NodeType.DYNAMIC_SUPERVISOR), true),
				argumentSet("the agent may come back", exited(ANN, NodeType.AGENT, crash), false),
				argumentSet("its supervisor may come back with it", exited(desk, NodeType.SUPERVISOR, crash), false));
	}

	@Test
	void agentsThatWaitForNothingAreForgottenOldestFirst() {
		Approvals few = new Approvals(3);
		AgentPath[] agents = IntStream.range(0, 5)
			.mapToObj((i) -> AgentPath.of("/desk/" + i))
			.toArray(AgentPath[]::new);
		few.ask(request(agents[0], "t1", "c1", 0));
		few.next(agents[0]).subscribe();
		few.ask(request(agents[1], "t1", "c1", 1));
		few.next(agents[1]).subscribe().dispose();

		for (int i = 2; i < 5; i++) {
			few.ask(request(agents[i], "t1", "c1", i));
		}

		assertThat(few.waiting()).extracting(ApprovalRequest::agent).containsExactly(agents[0], agents[3], agents[4]);
	}

	@Test
	void turnsThatWaitAreNotForgottenHoweverMany() {
		Approvals few = new Approvals(2);
		List<AgentPath> agents = IntStream.range(0, 50).mapToObj((i) -> AgentPath.of("/desk/" + i)).toList();

		agents.forEach((agent) -> {
			few.ask(request(agent, "t1", "c1", 0));
			few.next(agent).subscribe();
		});

		assertThat(few.waiting()).extracting(ApprovalRequest::agent).containsExactlyInAnyOrderElementsOf(agents);
	}

	@Test
	void toEditNeedsAText() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Decision.Edit(" ")).withMessageContaining("blank");
	}

	private ApprovalRequest ask(AgentPath agent, String turn, String call, long since) {
		ApprovalRequest request = request(agent, turn, call, since);
		this.approvals.ask(request);
		return request;
	}

	private static ApprovalRequest request(AgentPath agent, String turn, String call, long since) {
		return new ApprovalRequest(agent, turn, call, "refund", "{}", null, Instant.ofEpochSecond(since));
	}

	private static AgentEvent stopped(AgentPath path, NodeType type) {
		return new AgentEvent.Stopped(path, type, ExitReason.shutdown(), Instant.EPOCH);
	}

	private static AgentEvent exited(AgentPath path, NodeType type, ExitReason reason) {
		return new AgentEvent.Exited(path, type, 1, reason, Instant.EPOCH);
	}

	private List<Approvals.Decided> decided() {
		List<Approvals.Decided> result = new ArrayList<>();
		this.approvals.next(ANN).subscribe(result::add).dispose();
		return result;
	}

}
