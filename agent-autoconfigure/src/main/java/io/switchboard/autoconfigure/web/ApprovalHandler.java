package io.switchboard.autoconfigure.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.switchboard.ai.approval.ApprovalRequest;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.approval.Decision;
import io.switchboard.ai.approval.UnknownApprovalException;
import io.switchboard.autoconfigure.AgentDefinition;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Shows over HTTP what turns ask people, and takes what they decide.
 *
 * @param targets finds out who a request is for
 * @param approvals what turns ask
 * @param decisions reads what people decide
 * @param responses writes responses
 */
record ApprovalHandler(TurnTargets targets, Approvals approvals, DecisionReader decisions, Responses responses) {

	/**
	 * Show what waits for a person.
	 * @param request the request
	 * @return what an agent asks, in one session or in all
	 */
	Mono<ServerResponse> list(ServerRequest request) {
		AnswerFormat.JSON.require(request);
		List<ApprovalDescriptor> waiting = waiting(request).stream().map(ApprovalDescriptor::of).toList();
		return this.responses.json(ServerResponse.ok(), new WaitingApprovals(waiting));
	}

	private List<ApprovalRequest> waiting(ServerRequest request) {
		AgentDefinition agent = this.targets.find(request.pathVariable("agent"));
		if (!agent.perSession() || request.pathVariables().containsKey("session")) {
			return this.approvals.waiting(target(request).path());
		}
		return this.approvals.waiting()
			.stream()
			.filter((asked) -> agent.path().equals(asked.agent().parent()))
			.toList();
	}

	/**
	 * Decide.
	 * @param request the request
	 * @return a response without content; the turn goes on
	 */
	Mono<ServerResponse> decide(ServerRequest request) {
		ApprovalRequest asked = find(target(request), request);
		return this.decisions.read(request, asked)
			.doOnNext((decision) -> decide(asked, decision))
			.then(Mono.defer(() -> ServerResponse.noContent().build()));
	}

	private ApprovalRequest find(TurnTarget target, ServerRequest request) {
		return this.approvals.waiting(target.path())
			.stream()
			.filter((asked) -> asked.turn().equals(request.pathVariable("turn"))
					&& asked.call().equals(request.pathVariable("call")))
			.findFirst()
			.orElseThrow(() -> unknown(null));
	}

	private void decide(ApprovalRequest asked, Decision decision) {
		try {
			this.approvals.decide(asked.agent(), asked.turn(), asked.call(), decision);
		}
		catch (UnknownApprovalException ex) {
			throw unknown(ex);
		}
	}

	private static ProblemException unknown(@Nullable Throwable cause) {
		return new ProblemException(ProblemType.UNKNOWN_APPROVAL,
				"This turn does not wait for a decision about this call: it is decided already, the turn has ended, or it "
						+ "never was. GET the approvals of the session to see what waits.",
				cause);
	}

	private TurnTarget target(ServerRequest request) {
		String agent = request.pathVariable("agent");
		String session = request.pathVariables().get("session");
		return (session != null) ? this.targets.session(agent, session) : this.targets.single(agent);
	}

	/**
	 * What waits, on the wire.
	 *
	 * @param approvals the requests, the oldest first
	 */
	record WaitingApprovals(List<ApprovalDescriptor> approvals) {

	}

	/**
	 * One request on the wire.
	 *
	 * @param path who asks; its last part is the session, if the agent has sessions
	 * @param turn the turn's id
	 * @param call the id to decide about
	 * @param tool the tool to be called, {@code null} if a failure is asked about
	 * @param arguments the arguments as the model wrote them
	 * @param failure what went wrong, {@code null} if a call is asked about
	 * @param since when it was asked
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record ApprovalDescriptor(String path, String turn, String call, @Nullable String tool, @Nullable String arguments,
			@Nullable String failure, String since) {

		static ApprovalDescriptor of(ApprovalRequest request) {
			return new ApprovalDescriptor(request.agent().toString(), request.turn(), request.call(), request.tool(),
					request.arguments(), request.failure(), request.since().toString());
		}

	}

}
