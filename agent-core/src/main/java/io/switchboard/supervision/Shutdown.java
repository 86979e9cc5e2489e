package io.switchboard.supervision;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How long a child may take to stop before it is killed.
 * <p>
 * You probably want {@link #after(Duration)} for agents and {@link #infinite()} for
 * supervisors, whose children have limits of their own.
 *
 * @since 0.1.0
 */
public final class Shutdown {

	private static final Shutdown BRUTAL_KILL = new Shutdown(null, true);

	private static final Shutdown INFINITE = new Shutdown(null, false);

	private final @Nullable Duration limit;

	private final boolean brutal;

	private Shutdown(@Nullable Duration limit, boolean brutal) {
		this.limit = limit;
		this.brutal = brutal;
	}

	/**
	 * Do not ask: cancel, interrupt and fence at once, without cleanup.
	 * @return the setting
	 */
	public static Shutdown brutalKill() {
		return BRUTAL_KILL;
	}

	/**
	 * Ask, wait this long, then kill.
	 * @param limit how long to wait; zero is allowed
	 * @return the setting
	 */
	public static Shutdown after(Duration limit) {
		Objects.requireNonNull(limit, "'limit' must not be null");
		if (limit.isNegative()) {
			throw new IllegalArgumentException(
					"Shutdown time %s is negative: zero or more is allowed".formatted(limit));
		}
		return new Shutdown(limit, false);
	}

	/**
	 * Ask and wait for ever.
	 * @return the setting
	 */
	public static Shutdown infinite() {
		return INFINITE;
	}

	/**
	 * Whether the child is killed without being asked.
	 * @return {@code true} for {@link #brutalKill()}
	 */
	public boolean isBrutalKill() {
		return this.brutal;
	}

	/**
	 * Whether the child may take for ever.
	 * @return {@code true} for {@link #infinite()}
	 */
	public boolean isInfinite() {
		return this.limit == null && !this.brutal;
	}

	/**
	 * The longest time a stop may take.
	 * @return the limit, zero for {@link #brutalKill()}, {@code null} for
	 * {@link #infinite()}
	 */
	public @Nullable Duration limit() {
		return this.brutal ? Duration.ZERO : this.limit;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Shutdown that && this.brutal == that.brutal && Objects.equals(this.limit, that.limit);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.limit, this.brutal);
	}

	@Override
	public String toString() {
		if (this.brutal) {
			return "brutal kill";
		}
		return (this.limit != null) ? this.limit.toString() : "infinite";
	}

}
