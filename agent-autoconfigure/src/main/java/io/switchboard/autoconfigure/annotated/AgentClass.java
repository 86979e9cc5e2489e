package io.switchboard.autoconfigure.annotated;

import org.jspecify.annotations.Nullable;

/**
 * An annotated class as the runtime sees it.
 *
 * @param type the class
 * @param handlers its handlers
 * @param start what to call at the start
 * @param stop what to call at the end
 */
record AgentClass(Class<?> type, MessageHandlers handlers, @Nullable AgentMethod start, @Nullable AgentMethod stop) {

	/**
	 * Whether any of the methods may block its thread.
	 * @return {@code true} if so; then all of them are called where they may
	 */
	boolean blocks() {
		return this.handlers.block() || (this.start != null && this.start.blocks())
				|| (this.stop != null && this.stop.blocks());
	}

}
