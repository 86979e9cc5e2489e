package io.switchboard.ai.model;

import java.util.Locale;

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
	HALF_OPEN;

	private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

	/**
	 * The name for operators, such as {@code half-open}.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

}
