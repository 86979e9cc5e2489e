package com.example.docs.agents;

import java.util.List;

import io.switchboard.ai.ModelAgent;
import io.switchboard.ai.approval.ApprovalRequest;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.approval.Decision;
import io.switchboard.ai.turn.TurnRequest;
import io.switchboard.supervision.AgentSpec;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.ToolCallback;

/**
 * Shows how turns ask people.
 */
final class Approving {

	private Approving() {
	}

	// tag::approvals[]
	static AgentSpec<TurnRequest> support(ChatModel model, List<ToolCallback> orderTools, Approvals approvals) {
		return ModelAgent.builder("support")
			.model(model)
			.tools(orderTools)
			.approvals(approvals)
			.approvalFor("cancelOrder")
			.build();
	}

	static void approveAll(Approvals approvals) {
		for (ApprovalRequest asked : approvals.waiting()) {
			approvals.decide(asked.agent(), asked.turn(), asked.call(), new Decision.Approve());
		}
	}
	// end::approvals[]

}
