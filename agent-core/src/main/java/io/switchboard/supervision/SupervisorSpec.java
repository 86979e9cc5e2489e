package io.switchboard.supervision;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.switchboard.supervision.InvalidSpecificationException.Problem;

/**
 * A supervisor with an ordered list of children: started first to last, stopped last to
 * first.
 * <p>
 * Start with {@link #builder(String)}; all settings have defaults.
 *
 * @since 0.1.0
 */
public final class SupervisorSpec implements ChildSpec {

	private final String id;

	private final Strategy strategy;

	private final RestartIntensity intensity;

	private final AutoShutdown autoShutdown;

	private final List<ChildSpec> children;

	private final Restart restart;

	private final Shutdown shutdown;

	private final boolean significant;

	private SupervisorSpec(Builder builder) {
		this.id = builder.id;
		this.strategy = builder.strategy;
		this.intensity = builder.intensity;
		this.autoShutdown = builder.autoShutdown;
		this.children = List.copyOf(builder.children);
		this.restart = builder.restart;
		this.shutdown = builder.shutdown;
		this.significant = builder.significant;
	}

	/**
	 * Start to specify a supervisor.
	 * @param id the supervisor's name, one segment of a path
	 * @return a builder
	 */
	public static Builder builder(String id) {
		return new Builder(id);
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public NodeType type() {
		return NodeType.SUPERVISOR;
	}

	/**
	 * Which children are restarted together.
	 * @return the strategy
	 */
	public Strategy strategy() {
		return this.strategy;
	}

	/**
	 * How many restarts are normal life.
	 * @return the restart budget, shared by all children
	 */
	public RestartIntensity intensity() {
		return this.intensity;
	}

	/**
	 * Whether it ends with its significant children.
	 * @return the setting
	 */
	public AutoShutdown autoShutdown() {
		return this.autoShutdown;
	}

	/**
	 * The children, in the order they are started.
	 * @return their specifications
	 */
	public List<ChildSpec> children() {
		return this.children;
	}

	@Override
	public Restart restart() {
		return this.restart;
	}

	@Override
	public Shutdown shutdown() {
		return this.shutdown;
	}

	@Override
	public boolean significant() {
		return this.significant;
	}

	@Override
	public String toString() {
		return "supervisor '" + this.id + "'";
	}

	/**
	 * Collects the settings of a supervisor.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private final String id;

		private final List<ChildSpec> children = new ArrayList<>();

		private Strategy strategy = Strategy.ONE_FOR_ONE;

		private RestartIntensity intensity = RestartIntensity.defaults();

		private AutoShutdown autoShutdown = AutoShutdown.NEVER;

		private Restart restart = Restart.PERMANENT;

		private Shutdown shutdown = Shutdown.infinite();

		private boolean significant;

		private Builder(String id) {
			this.id = Objects.requireNonNull(id, "'id' must not be null");
		}

		/**
		 * Set which children are restarted together. Default:
		 * {@link Strategy#ONE_FOR_ONE}.
		 * @param strategy the strategy
		 * @return this builder
		 */
		public Builder strategy(Strategy strategy) {
			this.strategy = Objects.requireNonNull(strategy, "'strategy' must not be null");
			return this;
		}

		/**
		 * Set how many restarts are normal life. Default:
		 * {@link RestartIntensity#defaults()}.
		 * @param intensity the restart budget
		 * @return this builder
		 */
		public Builder intensity(RestartIntensity intensity) {
			this.intensity = Objects.requireNonNull(intensity, "'intensity' must not be null");
			return this;
		}

		/**
		 * Set whether it ends with its significant children. Default:
		 * {@link AutoShutdown#NEVER}.
		 * @param autoShutdown the setting
		 * @return this builder
		 */
		public Builder autoShutdown(AutoShutdown autoShutdown) {
			this.autoShutdown = Objects.requireNonNull(autoShutdown, "'autoShutdown' must not be null");
			return this;
		}

		/**
		 * Add a child behind those already added.
		 * @param child the child's specification
		 * @return this builder
		 */
		public Builder child(ChildSpec child) {
			this.children.add(Objects.requireNonNull(child, "'child' must not be null"));
			return this;
		}

		/**
		 * Add children behind those already added.
		 * @param children the children's specifications
		 * @return this builder
		 */
		public Builder children(List<? extends ChildSpec> children) {
			children.forEach(this::child);
			return this;
		}

		/**
		 * Set which of its own ends are answered with a restart. Default:
		 * {@link Restart#PERMANENT}. Beware of {@link Restart#TRANSIENT} here: a
		 * supervisor that spends its budget ends with a clean reason and stays down.
		 * @param restart the restart type
		 * @return this builder
		 */
		public Builder restart(Restart restart) {
			this.restart = Objects.requireNonNull(restart, "'restart' must not be null");
			return this;
		}

		/**
		 * Set how long a stop of the whole subtree may take. Default and safe value:
		 * {@link Shutdown#infinite()}.
		 * @param shutdown the shutdown setting
		 * @return this builder
		 */
		public Builder shutdown(Shutdown shutdown) {
			this.shutdown = Objects.requireNonNull(shutdown, "'shutdown' must not be null");
			return this;
		}

		/**
		 * Let its end by itself end the supervisor above. Default: not.
		 * @param significant whether it does
		 * @return this builder
		 */
		public Builder significant(boolean significant) {
			this.significant = significant;
			return this;
		}

		/**
		 * Check the settings and make the specification.
		 * @return the specification
		 * @throws InvalidSpecificationException naming every setting that is wrong
		 */
		public SupervisorSpec build() {
			List<Problem> problems = new ArrayList<>();
			SpecChecks.checkChild(this.id, this.restart, this.significant, problems);
			Set<String> ids = new HashSet<>();
			for (ChildSpec child : this.children) {
				if (!ids.add(child.id())) {
					problems.add(new Problem("children",
							"the id '" + child.id() + "' is given twice, but must be unique below one supervisor"));
				}
				if (child.significant() && this.autoShutdown == AutoShutdown.NEVER) {
					problems.add(new Problem("autoShutdown, children",
							"child '" + child.id() + "' is significant, which means nothing under NEVER; "
									+ "use ANY_SIGNIFICANT or ALL_SIGNIFICANT, or a child that is not significant"));
				}
			}
			SpecChecks.throwIfAny("supervisor '" + this.id + "'", problems);
			return new SupervisorSpec(this);
		}

	}

}
