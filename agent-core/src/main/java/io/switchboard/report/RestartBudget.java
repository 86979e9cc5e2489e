package io.switchboard.report;

import java.time.Duration;

import io.switchboard.supervision.Strategy;

/**
 * How much of its restart budget a supervisor had spent when it wrote a report.
 *
 * @param strategy whom its restarts touch
 * @param restarts restarts that count against the budget, before the one that the report
 * may lead to
 * @param maxRestarts restarts it allows within the period
 * @param within the period
 * @since 0.1.0
 */
public record RestartBudget(Strategy strategy, int restarts, int maxRestarts, Duration within) {

}
