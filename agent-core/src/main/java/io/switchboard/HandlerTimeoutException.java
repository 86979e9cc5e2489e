package io.switchboard;

import java.time.Duration;

/**
 * Why an incarnation ended whose handler took longer than its specification allows.
 * <p>
 * Where a thread was in the handler when time was up, this exception's stack trace is
 * that thread's: it shows what the handler was at. Else the trace is empty, as what the
 * handler returned was just not complete.
 *
 * @since 0.1.0
 */
public final class HandlerTimeoutException extends AgentException {

	private static final long serialVersionUID = 1L;

	private final transient AgentPath path;

	private final Class<?> messageType;

	private final Duration limit;

	private final Duration elapsed;

	/**
	 * Report a handler that took too long.
	 * @param path the agent
	 * @param messageType the class of the message in hand
	 * @param limit how long it might take
	 * @param elapsed how long it had taken when it was ended
	 * @param inside where its thread was, empty if no thread was in it
	 */
	public HandlerTimeoutException(AgentPath path, Class<?> messageType, Duration limit, Duration elapsed,
			StackTraceElement[] inside) {
		super(("Agent '%s' had not handled a %s after %s, and its handler time-out is %s; let what the handler waits "
				+ "for end earlier, or allow more")
			.formatted(path, messageType.getName(), elapsed, limit));
		this.path = path;
		this.messageType = messageType;
		this.limit = limit;
		this.elapsed = elapsed;
		setStackTrace(inside);
	}

	/**
	 * The agent whose handler it was.
	 * @return the path
	 */
	public AgentPath path() {
		return this.path;
	}

	/**
	 * What was handled.
	 * @return the class of the message
	 */
	public Class<?> messageType() {
		return this.messageType;
	}

	/**
	 * How long the handler might take.
	 * @return the time-out of the agent's specification
	 */
	public Duration limit() {
		return this.limit;
	}

	/**
	 * How long it had taken when it was ended.
	 * @return the time, at least the {@linkplain #limit() limit}
	 */
	public Duration elapsed() {
		return this.elapsed;
	}

}
