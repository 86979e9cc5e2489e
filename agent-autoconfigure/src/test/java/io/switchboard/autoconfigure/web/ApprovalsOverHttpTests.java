package io.switchboard.autoconfigure.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.ai.approval.ApprovalRequest;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.approval.Decision;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.json.JsonCompareMode;

import static io.switchboard.autoconfigure.web.DeskClient.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for what turns ask people, over HTTP.
 */
@DeskTest
class ApprovalsOverHttpTests {

	private static final String JSON = "application/json";

	private static final AgentPath SESSION = AgentPath.of("/desk/support/app-1");

	@LocalServerPort
	private int port;

	@Autowired
	private Approvals approvals;

	private DeskClient desk;

	@BeforeEach
	void connect() {
		this.desk = new DeskClient(this.port);
		this.approvals.over(SESSION, "t1");
		ask(SESSION, "c1", "refund", null);
	}

	@Test
	void whatASessionAsksIsListed() {
		ask(SESSION, "failure-1", null, "refused");

		this.desk.get("/agents/support/app-1/approvals")
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentType(JSON)
			.expectBody()
			.json("""
					{"approvals": [
					  {"path": "/desk/support/app-1", "turn": "t1", "call": "c1", "tool": "refund", "arguments": "{\\"order\\":1}",
					   "since": "2026-11-01T00:00:00Z"},
					  {"path": "/desk/support/app-1", "turn": "t1", "call": "failure-1", "failure": "refused", "since": "2026-11-01T00:00:00Z"}
					]}
					""",
					JsonCompareMode.STRICT);
	}

	@Test
	void namesOfSessionsAreNotTold() {
		problem(this.desk.get("/agents/support/approvals"), 403, "approvals-not-listed").jsonPath("$")
			.value((body) -> assertThat(body.toString()).contains("switchboard.web.list-approvals")
				.doesNotContain("app-1"));
	}

	@Test
	void nothingIsListedWhereNobodyAsks() {
		this.desk.get("/agents/support/app-2/approvals").expectStatus().isOk().expectBody().json("{\"approvals\": []}");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void aDecisionIsTakenOnce(String body, Decision expected) {
		this.desk.send("/agents/support/app-1/turns/t1/approvals/c1", JSON, body).expectStatus().isNoContent();

		assertThat(decided(SESSION)).containsExactly(new Approvals.Decided("c1", expected));
		problem(this.desk.send("/agents/support/app-1/turns/t1/approvals/c1", JSON, body), 404, "unknown-approval")
			.jsonPath("$.call")
			.isEqualTo("c1");
	}

	static Stream<Arguments> aDecisionIsTakenOnce() {
		return Stream.of(arguments("{\"decision\": \"approve\"}", new Decision.Approve()),
				arguments("{\"decision\": \"edit\", \"arguments\": {\"order\": 2}}",
						new Decision.Edit("{\"order\":2}")),
				arguments("{\"decision\": \"reject\", \"reason\": \"too old\"}", new Decision.Reject("too old")),
				arguments("{\"decision\": \"reject\"}", new Decision.Reject("")));
	}

	@Test
	void afterAFailureTheModelIsToldSomething() {
		ask(SESSION, "failure-1", null, "refused");
		String path = "/agents/support/app-1/turns/t1/approvals/failure-1";

		problem(this.desk.send(path, JSON, "{\"decision\": \"edit\", \"arguments\": {}}"), 400, "invalid-decision")
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).contains("'text'"));
		this.desk.send(path, JSON, "{\"decision\": \"edit\", \"text\": \"Be brief\"}").expectStatus().isNoContent();

		assertThat(decided(SESSION)).containsExactly(new Approvals.Decided("failure-1", new Decision.Edit("Be brief")));
	}

	@Test
	void anAgentWithoutSessionsHasApprovalsToo() {
		AgentPath triage = AgentPath.of("/desk/triage");
		ask(triage, "c1", "refund", null);

		this.desk.get("/agents/triage/approvals").expectBody().jsonPath("$.approvals.length()").isEqualTo(1);
		this.desk.send("/agents/triage/turns/t1/approvals/c1", JSON, "{\"decision\": \"approve\"}")
			.expectStatus()
			.isNoContent();

		assertThat(decided(triage)).hasSize(1);
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource
	void aBadDecisionIsExplained(String path, String body, int status, String type, String advice) {
		problem(this.desk.send(path, JSON, body), status, type).jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).contains(advice));

		assertThat(this.approvals.waiting(SESSION)).hasSize(1);
	}

	static Stream<Arguments> aBadDecisionIsExplained() {
		String approval = "/agents/support/app-1/turns/t1/approvals/c1";
		String approve = "{\"decision\": \"approve\"}";
		return Stream.of(arguments(approval, "", 400, "malformed-body", "\"approve\""),
				arguments(approval, "{}", 400, "invalid-decision", "approve, edit or reject"),
				arguments(approval, "{\"decision\": \"maybe\"}", 400, "invalid-decision", "is 'maybe'"),
				arguments(approval, "{\"decision\": 1}", 400, "invalid-decision", "approve, edit or reject"),
				arguments(approval, "{\"decision\": \"edit\"}", 400, "invalid-decision", "'refund'"),
				arguments(approval, "{\"decision\": \"edit\", \"arguments\": \"{}\"}", 400, "invalid-decision",
						"no JSON object"),
				arguments(approval, "{\"decision\": \"edit\", \"text\": \"x\"}", 400, "invalid-decision", "'refund'"),
				arguments(approval, "{\"decision\": \"reject\", \"reason\": 1}", 400, "invalid-decision",
						"'reason' is no text"),
				arguments(approval, "{\"x\": \"" + "x".repeat(300_000) + "\"}", 413, "input-too-large", "262144"),
				arguments("/agents/support/app-1/turns/t1/approvals/c2", approve, 404, "unknown-approval",
						"decided already"),
				arguments("/agents/support/app-1/turns/t2/approvals/c1", approve, 404, "unknown-approval",
						"decided already"),
				arguments("/agents/suport/app-1/turns/t1/approvals/c1", approve, 404, "unknown-agent", "'support'"));
	}

	private void ask(AgentPath agent, String call, @Nullable String tool, @Nullable String failure) {
		this.approvals.ask(new ApprovalRequest(agent, "t1", call, tool, (tool != null) ? "{\"order\":1}" : null,
				failure, Instant.parse("2026-11-01T00:00:00Z")));
	}

	private List<Approvals.Decided> decided(AgentPath agent) {
		List<Approvals.Decided> result = new ArrayList<>();
		this.approvals.next(agent).subscribe(result::add).dispose();
		return result;
	}

}
