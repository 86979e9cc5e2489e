package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.List;

import io.switchboard.AgentContext;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.failure.FailureClassifier;
import io.switchboard.ai.tool.ToolRunner;
import org.jspecify.annotations.Nullable;

/**
 * What a turn is done with.
 *
 * @param context the agent that leads it
 * @param models what can be called, the usual one first
 * @param tools runs tools
 * @param schedulers where the parts of a model call happen
 * @param conversation what was said before
 * @param window how much of it a model is told
 * @param failures tells failures from bugs
 * @param check looks at the final answer
 * @param prices what models cost
 * @param approvals what is asked of people
 * @param open the turns that are not over
 * @param observed what those who watch learn of it
 * @param idleTimeout how long a turn of a journal waits for people in memory,
 * {@code null} for as long as they need
 */
record TurnMeans(AgentContext<?> context, List<ProvidedModel> models, ToolRunner tools, CallSchedulers schedulers,
		TurnConversation conversation, HistoryWindow window, FailureClassifier failures, AnswerCheck check,
		Prices prices, Approvals approvals, OpenTurns open, ObservedTurn observed, @Nullable Duration idleTimeout) {

}
