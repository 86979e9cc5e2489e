package io.switchboard.runtime;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Something that an agent is to do ahead of its messages. Signals that come are stacked;
 * the agent takes the stack and turns it round.
 */
final class Signal {

	private final Consumer<AgentLoop> action;

	/**
	 * The one below it on the stack, or behind it once the stack was turned round.
	 */
	@Nullable Signal next;

	Signal(Consumer<AgentLoop> action) {
		this.action = action;
	}

	void act(AgentLoop loop) {
		this.action.accept(loop);
	}

	static @Nullable Signal turnedRound(@Nullable Signal latest) {
		Signal turned = null;
		for (Signal signal = latest; signal != null;) {
			Signal before = signal.next;
			signal.next = turned;
			turned = signal;
			signal = before;
		}
		return turned;
	}

}
