package io.switchboard.supervision;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.switchboard.AgentPath;
import io.switchboard.supervision.InvalidSpecificationException.Problem;

/**
 * Collects and checks what all kinds of children have in common. You want the builder of
 * one kind: {@link AgentSpec#builder}, {@link SupervisorSpec#builder},
 * {@link DynamicSupervisorSpec#builder} or {@link PartitionSupervisorSpec#builder}.
 *
 * @param <B> the builder
 * @since 0.1.0
 */
public abstract sealed class ChildBuilder<B extends ChildBuilder<B>> permits AgentSpec.Builder, SupervisorSpec.Builder,
		DynamicSupervisorSpec.Builder, PartitionSupervisorSpec.Builder {

	private final String kind;

	private String id;

	private Restart restart = Restart.PERMANENT;

	private Shutdown shutdown;

	private boolean significant;

	ChildBuilder(String kind, String id, Shutdown shutdown) {
		this.kind = kind;
		this.id = Objects.requireNonNull(id, "'id' must not be null");
		this.shutdown = shutdown;
	}

	ChildBuilder(String kind, ChildSettings settings) {
		this.kind = kind;
		this.id = settings.id();
		this.restart = settings.restart();
		this.shutdown = settings.shutdown();
		this.significant = settings.significant();
	}

	/**
	 * Give it another name than the one it began with.
	 * @param id the child's name, one segment of a path
	 * @return this builder
	 */
	public B id(String id) {
		this.id = Objects.requireNonNull(id, "'id' must not be null");
		return self();
	}

	/**
	 * Set which ends are answered with a restart. Default: {@link Restart#PERMANENT}.
	 * <p>
	 * Beware of {@link Restart#TRANSIENT} for a supervisor: one that spends its budget
	 * ends with a clean reason and stays down.
	 * @param restart the restart type
	 * @return this builder
	 */
	public B restart(Restart restart) {
		this.restart = Objects.requireNonNull(restart, "'restart' must not be null");
		return self();
	}

	/**
	 * Set how long a stop may take. Default: five seconds for agents, and for supervisors
	 * {@link Shutdown#infinite()}, because their children have limits of their own.
	 * @param shutdown the shutdown setting
	 * @return this builder
	 */
	public B shutdown(Shutdown shutdown) {
		this.shutdown = Objects.requireNonNull(shutdown, "'shutdown' must not be null");
		return self();
	}

	/**
	 * Let the end of this child by itself end its supervisor, see {@link AutoShutdown}.
	 * Default: not.
	 * @param significant whether it does
	 * @return this builder
	 */
	public B significant(boolean significant) {
		this.significant = significant;
		return self();
	}

	final boolean isPermanent() {
		return this.restart == Restart.PERMANENT;
	}

	abstract B self();

	/**
	 * Find what is wrong with the settings of one kind of child.
	 * @param problems where to put it
	 */
	abstract void check(List<Problem> problems);

	final ChildSettings settings() {
		List<Problem> problems = new ArrayList<>();
		checkId(problems);
		if (this.significant && isPermanent()) {
			problems.add(new Problem("significant, restart",
					"a permanent child never ends by itself, so it cannot be significant; "
							+ "make it TRANSIENT or TEMPORARY, or not significant"));
		}
		check(problems);
		if (!problems.isEmpty()) {
			throw new InvalidSpecificationException(this.kind + " '" + this.id + "'", problems);
		}
		return new ChildSettings(this.id, this.restart, this.shutdown, this.significant);
	}

	private void checkId(List<Problem> problems) {
		try {
			AgentPath.checkSegment(this.id);
		}
		catch (IllegalArgumentException ex) {
			problems.add(new Problem("id", String.valueOf(ex.getMessage())));
		}
	}

}
