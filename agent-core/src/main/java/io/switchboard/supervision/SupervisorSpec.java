package io.switchboard.supervision;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.switchboard.supervision.InvalidSpecificationException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A supervisor with an ordered list of children: started first to last, stopped last to
 * first.
 * <p>
 * Start with {@link #builder(String)}; all settings have defaults.
 *
 * @since 0.1.0
 */
public final class SupervisorSpec implements ChildSpec {

	private final ChildSettings settings;

	private final Strategy strategy;

	private final RestartIntensity intensity;

	private final @Nullable RestartBackoff backoff;

	private final WhenBudgetSpent whenBudgetSpent;

	private final AutoShutdown autoShutdown;

	private final List<ChildSpec> children;

	private SupervisorSpec(Builder builder) {
		this.settings = builder.settings();
		this.strategy = builder.strategy;
		this.intensity = builder.intensity;
		this.backoff = builder.backoff;
		this.whenBudgetSpent = builder.whenBudgetSpent;
		this.autoShutdown = builder.autoShutdown;
		this.children = List.copyOf(builder.children);
	}

	/**
	 * Start to specify a supervisor.
	 * @param id the supervisor's name, one segment of a path
	 * @return a builder
	 */
	public static Builder builder(String id) {
		return new Builder(id);
	}

	/**
	 * Specify another supervisor by what differs from this one.
	 * @return a builder with all settings of this specification
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	@Override
	public String id() {
		return this.settings.id();
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
	 * How long to wait between restarts. Not OTP's.
	 * @return the back-off, or {@code null} if restarts are made at once
	 */
	public @Nullable RestartBackoff backoff() {
		return this.backoff;
	}

	/**
	 * What becomes of it when the budget is spent.
	 * @return the setting
	 */
	public WhenBudgetSpent whenBudgetSpent() {
		return this.whenBudgetSpent;
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
		return this.settings.restart();
	}

	@Override
	public Shutdown shutdown() {
		return this.settings.shutdown();
	}

	@Override
	public boolean significant() {
		return this.settings.significant();
	}

	@Override
	public String toString() {
		return "supervisor '" + id() + "'";
	}

	/**
	 * Collects the settings of a supervisor.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder extends ChildBuilder<Builder> {

		private final List<ChildSpec> children = new ArrayList<>();

		private Strategy strategy = Strategy.ONE_FOR_ONE;

		private RestartIntensity intensity = RestartIntensity.defaults();

		private @Nullable RestartBackoff backoff;

		private WhenBudgetSpent whenBudgetSpent = WhenBudgetSpent.STOP;

		private AutoShutdown autoShutdown = AutoShutdown.NEVER;

		private Builder(String id) {
			super("supervisor", id, Shutdown.infinite());
		}

		private Builder(SupervisorSpec spec) {
			super("supervisor", spec.settings);
			this.strategy = spec.strategy;
			this.intensity = spec.intensity;
			this.backoff = spec.backoff;
			this.whenBudgetSpent = spec.whenBudgetSpent;
			this.autoShutdown = spec.autoShutdown;
			this.children.addAll(spec.children);
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
		 * Wait between restarts. Not OTP's. Default, as in OTP: restarts are made at
		 * once.
		 * @param backoff how long to wait
		 * @return this builder
		 */
		public Builder backoff(RestartBackoff backoff) {
			this.backoff = Objects.requireNonNull(backoff, "'backoff' must not be null");
			return this;
		}

		/**
		 * Set what becomes of it when the budget is spent. Anything but the default is
		 * not OTP's. Default: {@link WhenBudgetSpent#STOP}.
		 * @param whenBudgetSpent the setting
		 * @return this builder
		 */
		public Builder whenBudgetSpent(WhenBudgetSpent whenBudgetSpent) {
			this.whenBudgetSpent = Objects.requireNonNull(whenBudgetSpent, "'whenBudgetSpent' must not be null");
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

		@Override
		Builder self() {
			return this;
		}

		@Override
		void check(List<Problem> problems) {
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
		}

		/**
		 * Check the settings and make the specification.
		 * @return the specification
		 * @throws InvalidSpecificationException naming every setting that is wrong
		 */
		public SupervisorSpec build() {
			return new SupervisorSpec(this);
		}

	}

}
