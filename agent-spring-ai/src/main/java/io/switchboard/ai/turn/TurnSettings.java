package io.switchboard.ai.turn;

import java.util.function.Predicate;

import io.switchboard.ai.recovery.RecoveryPolicy;

/**
 * What a turn goes by.
 *
 * @param recovery what is done about failures
 * @param budget what it may cost
 * @param models how many models there are to be called, at least one
 * @param repeatable tells by its name whether a tool may be called again when nobody
 * knows how far the first call came
 * @param approval tells by its name whether a person has to approve each call of a tool
 */
record TurnSettings(RecoveryPolicy recovery, Budget budget, int models, Predicate<String> repeatable,
		Predicate<String> approval) {

}
