package io.switchboard.registry;

import java.time.Instant;

import io.switchboard.event.AgentEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * What a registry has to know of the runtime. For those who build one.
 *
 * @since 0.1.0
 */
public interface Residents {

	/**
	 * Look for an owner.
	 * @param owner a life, or a path with all its lives
	 * @return where it is, or {@code null} if it has ended or never was
	 */
	@Nullable Residence find(Owner owner);

	/**
	 * The lifetime of the system as a whole.
	 * @return the lifetime
	 */
	Lifetime system();

	/**
	 * Where followers are called.
	 * @return the runtime's executor
	 */
	Scheduler scheduler();

	/**
	 * Run code that is not ours where it may take its time.
	 * @param code the code
	 */
	void runElsewhere(Runnable code);

	/**
	 * The time.
	 * @return now, by the runtime's clock
	 */
	Instant now();

	/**
	 * Whether an event would reach anybody now, as so many are made that even that
	 * counts.
	 * @return {@code true} if so, or if it is not known
	 */
	default boolean isHeard() {
		return true;
	}

	/**
	 * Tell all listeners of an event.
	 * @param event the event
	 */
	void emit(AgentEvent event);

}
