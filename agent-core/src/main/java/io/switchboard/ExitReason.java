package io.switchboard;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Why an incarnation ended, or why a node cannot be reached.
 * <p>
 * The reasons are OTP's. A reason is <em>abnormal</em> unless it is {@link Normal} or
 * {@link Shutdown}; only abnormal ends restart a transient child.
 *
 * @since 0.1.0
 */
public sealed interface ExitReason {

	/**
	 * Whether this end counts as a failure.
	 * @return {@code false} for {@link Normal} and {@link Shutdown}, else {@code true}
	 */
	boolean isAbnormal();

	/**
	 * The reason's one-word name, as Actuator and the log show it.
	 * @return {@code normal}, {@code shutdown}, {@code killed}, {@code noproc} or
	 * {@code crash}
	 */
	String kind();

	/**
	 * What went wrong, if an exception was involved.
	 * @return the cause, or {@code null}
	 */
	default @Nullable Throwable cause() {
		return null;
	}

	/**
	 * The agent ended by itself and was content.
	 * @return the reason
	 */
	static ExitReason normal() {
		return Normal.INSTANCE;
	}

	/**
	 * The node was asked to stop.
	 * @return the reason, without detail
	 */
	static ExitReason shutdown() {
		return Shutdown.PLAIN;
	}

	/**
	 * The node ended in an orderly way for a reason worth telling.
	 * @param detail what the reason was, for people
	 * @return the reason
	 */
	static ExitReason shutdown(String detail) {
		return new Shutdown(Objects.requireNonNull(detail, "'detail' must not be null"), null);
	}

	/**
	 * The node was ended without being asked, and its cleanup did not run; or it was
	 * linked to one that was.
	 * @return the reason
	 */
	static ExitReason killed() {
		return Killed.INSTANCE;
	}

	/**
	 * There is nothing at that path.
	 * @return the reason
	 */
	static ExitReason noProcess() {
		return NoProcess.INSTANCE;
	}

	/**
	 * The behaviour failed.
	 * @param cause what it failed with
	 * @return the reason
	 */
	static ExitReason crash(Throwable cause) {
		return new Crash(cause);
	}

	/**
	 * The agent ended by itself and was content.
	 */
	record Normal() implements ExitReason {

		static final Normal INSTANCE = new Normal();

		@Override
		public boolean isAbnormal() {
			return false;
		}

		@Override
		public String kind() {
			return "normal";
		}

		@Override
		public String toString() {
			return kind();
		}

	}

	/**
	 * An orderly end that somebody asked for.
	 *
	 * @param detail what the reason was, or {@code null} for a plain shutdown
	 * @param cause the failure behind it, for operators; never part of a decision
	 */
	record Shutdown(@Nullable String detail, @Nullable Throwable cause) implements ExitReason {

		static final Shutdown PLAIN = new Shutdown(null, null);

		@Override
		public boolean isAbnormal() {
			return false;
		}

		@Override
		public String kind() {
			return "shutdown";
		}

		@Override
		public String toString() {
			return (this.detail != null) ? "shutdown (" + this.detail + ")" : "shutdown";
		}

	}

	/**
	 * Ended from outside, without cleanup, or linked to one that was.
	 */
	record Killed() implements ExitReason {

		static final Killed INSTANCE = new Killed();

		@Override
		public boolean isAbnormal() {
			return true;
		}

		@Override
		public String kind() {
			return "killed";
		}

		@Override
		public String toString() {
			return kind();
		}

	}

	/**
	 * Nothing lives at the path.
	 */
	record NoProcess() implements ExitReason {

		static final NoProcess INSTANCE = new NoProcess();

		@Override
		public boolean isAbnormal() {
			return true;
		}

		@Override
		public String kind() {
			return "noproc";
		}

		@Override
		public String toString() {
			return kind();
		}

	}

	/**
	 * The behaviour threw, signalled an error, or broke a rule of the runtime.
	 *
	 * @param cause what it failed with
	 */
	record Crash(Throwable cause) implements ExitReason {

		public Crash {
			Objects.requireNonNull(cause, "'cause' must not be null");
		}

		@Override
		public boolean isAbnormal() {
			return true;
		}

		@Override
		public String kind() {
			return "crash";
		}

		@Override
		public String toString() {
			return "crash (" + this.cause + ")";
		}

	}

}
