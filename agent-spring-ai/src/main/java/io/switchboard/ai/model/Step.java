package io.switchboard.ai.model;

import io.switchboard.ai.failure.TurnFailure;

/**
 * What to do about the call at the head of the line.
 */
sealed interface Step {

	/**
	 * Let it through.
	 *
	 * @param ticket the call
	 */
	record Begin(Ticket ticket) implements Step {

	}

	/**
	 * Tell it that it will not be its turn in time.
	 *
	 * @param ticket the call
	 * @param failure why
	 */
	record Refuse(Ticket ticket, TurnFailure failure) implements Step {

	}

	/**
	 * Look again then, or when a call has ended.
	 *
	 * @param ticket the call
	 * @param until when
	 */
	record Wait(Ticket ticket, long until) implements Step {

	}

	/**
	 * Nobody waits.
	 */
	record Rest() implements Step {

	}

}
