package io.switchboard.test;

/**
 * What an {@link AgentProbe} fails with when it is told to. It has no stack trace, so it
 * is cheap and keeps logs short.
 *
 * @since 0.1.0
 */
public final class ProbeFailure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public ProbeFailure(String message) {
		super(message, null, false, false);
	}

}
