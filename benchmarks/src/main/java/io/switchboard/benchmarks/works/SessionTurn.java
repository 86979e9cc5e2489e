package io.switchboard.benchmarks.works;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The turn of a session, the same for all contenders: what is due when, and the history
 * that grows with it. Used by one agent alone.
 */
public final class SessionTurn {

	private final List<Turn> history = new ArrayList<>();

	private final Script script;

	private StringBuilder answer = new StringBuilder();

	private long called;

	private int token;

	private boolean toolCalled;

	public SessionTurn(Script script) {
		this.script = script;
	}

	/**
	 * Call the model.
	 */
	public void call() {
		this.called = System.nanoTime();
		this.token = 0;
		this.answer = new StringBuilder();
	}

	/**
	 * When the next token is due.
	 * @return a reading of {@link System#nanoTime()}
	 */
	public long due() {
		return this.script.due(this.called, this.token);
	}

	/**
	 * How long to wait until the next token is due.
	 * @return nanoseconds, zero if it is due already
	 */
	public long untilDue() {
		return Math.max(0, due() - System.nanoTime());
	}

	/**
	 * Take the next token.
	 * @return its text
	 */
	public String take() {
		String text = "tok" + this.token++ + " ";
		this.answer.append(text);
		return text;
	}

	/**
	 * See what comes after a token.
	 * @return what comes next
	 */
	public Next next() {
		if (this.token < this.script.tokens()) {
			return Next.TOKEN;
		}
		this.history.add(new Turn("assistant", this.answer.toString()));
		return this.toolCalled ? Next.END : Next.TOOL;
	}

	public long toolNanos() {
		return TimeUnit.MILLISECONDS.toNanos(this.script.toolMillis());
	}

	/**
	 * Note what the tool has said, and call the model again.
	 */
	public void toolAnswered() {
		this.history.add(new Turn("tool", "42"));
		this.toolCalled = true;
		call();
	}

	/**
	 * What comes after a token.
	 */
	public enum Next {

		/**
		 * Another token.
		 */
		TOKEN,

		/**
		 * A tool call.
		 */
		TOOL,

		/**
		 * Nothing.
		 */
		END

	}

}
