package io.switchboard.supervision;

/**
 * Whether a static supervisor ends when its significant children have ended by
 * themselves.
 *
 * @since 0.1.0
 */
public enum AutoShutdown {

	/**
	 * It does not. Significant children are refused.
	 */
	NEVER,

	/**
	 * It ends with the first significant child that ends by itself and is not restarted.
	 */
	ANY_SIGNIFICANT,

	/**
	 * It ends when such a child was the last significant one alive.
	 */
	ALL_SIGNIFICANT

}
