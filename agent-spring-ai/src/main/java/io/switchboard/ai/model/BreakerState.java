package io.switchboard.ai.model;

/**
 * Whether calls are let through to a provider.
 *
 * @since 0.1.0
 */
public enum BreakerState {

	/**
	 * They are.
	 */
	CLOSED,

	/**
	 * They wait, because too many failed.
	 */
	OPEN,

	/**
	 * One is let through to see if the provider is back, the others wait for it.
	 */
	HALF_OPEN

}
