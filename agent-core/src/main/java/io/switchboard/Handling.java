package io.switchboard;

import reactor.util.context.ContextView;

/**
 * The handling of one message, for what runs inside of the publisher that handles it.
 * <p>
 * You probably want nothing of it. It is for those who remember outside of a life what
 * the life has said, so that the next one need not say it again: a life that is ended
 * from outside is not heard any more, and its publisher is cancelled a moment later. What
 * it does in between must not be remembered as said.
 *
 * @since 0.1.0
 */
public interface Handling {

	/**
	 * Where a handler's publisher finds it in its subscriber's context.
	 */
	Object KEY = Handling.class;

	/**
	 * Whether what is said still reaches whoever waits for it. Once it does not, it never
	 * will again, so {@code true} also means that all that was said before was heard.
	 * Safe to be asked by any thread.
	 * @return {@code false} if the life was cut off, the receiver has left, or the
	 * message is handled
	 */
	boolean isHeard();

	/**
	 * Whether what a publisher says still reaches whoever waits for it.
	 * @param context the context of the publisher's subscriber
	 * @return {@code true} if so, and also if no agent subscribes
	 */
	static boolean isHeard(ContextView context) {
		Handling handling = context.getOrDefault(KEY, null);
		return handling == null || handling.isHeard();
	}

}
