package io.switchboard.report;

import java.util.Locale;

/**
 * What a supervisor was about when it wrote a report; the words are OTP's.
 *
 * @since 0.1.0
 */
public enum CrashContext {

	/**
	 * A child did not come up: on its first start or on an automatic one.
	 */
	START_ERROR,

	/**
	 * A child ended abnormally by itself.
	 */
	CHILD_TERMINATED,

	/**
	 * A child was being stopped and ended in another way than it should.
	 */
	SHUTDOWN_ERROR,

	/**
	 * The supervisor has spent its restart budget and gives up.
	 */
	SHUTDOWN;

	/**
	 * The name as Actuator and the log show it.
	 * @return the name in kebab case, such as {@code child-terminated}
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
