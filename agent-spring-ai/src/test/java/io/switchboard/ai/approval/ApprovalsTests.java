package io.switchboard.ai.approval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.switchboard.AgentPath;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Approvals}.
 */
class ApprovalsTests {

	private static final AgentPath ANN = AgentPath.of("/desk/ann");

	private static final AgentPath BOB = AgentPath.of("/desk/bob");

	private final Approvals approvals = new Approvals();

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

	@Test
	void toEditNeedsAText() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Decision.Edit(" ")).withMessageContaining("blank");
	}

	private ApprovalRequest ask(AgentPath agent, String turn, String call, long since) {
		ApprovalRequest request = new ApprovalRequest(agent, turn, call, "refund", "{}", null,
				Instant.ofEpochSecond(since));
		this.approvals.ask(request);
		return request;
	}

	private List<Approvals.Decided> decided() {
		List<Approvals.Decided> result = new ArrayList<>();
		this.approvals.next(ANN).subscribe(result::add).dispose();
		return result;
	}

}
