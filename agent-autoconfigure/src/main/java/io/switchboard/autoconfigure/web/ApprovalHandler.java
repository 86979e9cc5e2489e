package io.switchboard.autoconfigure.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.switchboard.ai.approval.ApprovalRequest;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.approval.UnknownApprovalException;
import io.switchboard.autoconfigure.AgentDefinition;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Shows over HTTP what turns ask people, and takes what they decide.
 *
 * @param targets finds out who a request is for
 * @param access decides whose the sessions are
 * @param approvals what turns ask
 * @param decider hands decisions to turns
 * @param decisions reads what people decide
 * @param responses writes responses
 * @param listsSessions whether what all sessions of an agent ask may be listed where they
 * belong to nobody
 */
record ApprovalHandler(TurnTargets targets, SessionAccess access, Approvals approvals, Decider decider,
		DecisionReader decisions, Responses responses, boolean listsSessions) {

	/**
	 * Show what waits for a person.
	 * @param request the request
	 * @return what an agent asks, in one session or in all
	 */
	Mono<ServerResponse> list(ServerRequest request) {
		AnswerFormat.JSON.require(request);
		return this.access.caller(request)
			.flatMapMany((caller) -> waiting(request, caller))
			.map(ApprovalDescriptor::of)
			.collectList()
			.flatMap((waiting) -> this.responses.json(ServerResponse.ok(), new WaitingApprovals(waiting)));
	}

	private Flux<ApprovalRequest> waiting(ServerRequest request, Caller caller) {
		AgentDefinition agent = this.targets.find(request.pathVariable("agent"));
		if (agent.perSession() && !request.pathVariables().containsKey("session")) {
			return Flux.fromIterable(ofAllSessions(agent, caller));
		}
		TurnTarget target = this.targets.of(request);
		return this.access.reach(caller, target)
			.thenMany(Flux.defer(() -> Flux.fromIterable(this.approvals.waiting(target.path()))))
			.filterWhen((asked) -> this.access.reaches(caller, target, asked.turn()));
	}

	private List<ApprovalRequest> ofAllSessions(AgentDefinition agent, Caller caller) {
		if (!(caller.guarded() ? caller.operator() : this.listsSessions)) {
			throw new ProblemException(ProblemType.APPROVALS_NOT_LISTED,
					"Agent '%s' has sessions, and what all of them ask tells their names, so it is not listed. "
						.formatted(agent.name()) + "GET the approvals of a session by its name, or let "
							+ "'switchboard.web.list-approvals' allow it where only those come that may decide. "
							+ "With Spring Security, ask as an operator.");
		}
		return this.approvals.waiting()
			.stream()
			.filter((asked) -> agent.path().equals(asked.agent().parent()))
			.toList();
	}

	/**
	 * Decide.
	 * @param request the request
	 * @return a response without content: 204 if the turn goes on, whatever happens to
	 * the process, or 202 if it has not come to take the decision yet
	 */
	Mono<ServerResponse> decide(ServerRequest request) {
		TurnTarget target = this.targets.of(request);
		return this.access.caller(request)
			.flatMap((caller) -> this.access.reach(caller, target)
				.then(this.access.reaches(caller, target, request.pathVariable("turn"))))
			.flatMap((reached) -> reached ? decide(request, find(target, request)) : Mono.error(unknown(null)));
	}

	private Mono<ServerResponse> decide(ServerRequest request, ApprovalRequest asked) {
		return this.decisions.read(request, asked)
			.flatMap((decision) -> this.decider.decide(asked, decision))
			.onErrorMap(UnknownApprovalException.class, ApprovalHandler::unknown)
			.flatMap((safe) -> ServerResponse.status(safe ? HttpStatus.NO_CONTENT : HttpStatus.ACCEPTED).build());
	}

	private ApprovalRequest find(TurnTarget target, ServerRequest request) {
		return this.approvals.waiting(target.path())
			.stream()
			.filter((asked) -> asked.turn().equals(request.pathVariable("turn"))
					&& asked.call().equals(request.pathVariable("call")))
			.findFirst()
			.orElseThrow(() -> unknown(null));
	}

	private static ProblemException unknown(@Nullable Throwable cause) {
		return new ProblemException(ProblemType.UNKNOWN_APPROVAL,
				"This turn does not wait for a decision about this call: it is decided already, the turn has ended, or it "
						+ "never was. GET the approvals of the session to see what waits.",
				cause);
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
