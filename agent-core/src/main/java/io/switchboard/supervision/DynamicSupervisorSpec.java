package io.switchboard.supervision;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.switchboard.supervision.InvalidSpecificationException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A supervisor whose children come and go: unordered, started independently of each
 * other, stopped in parallel. The place for one agent per session.
 * <p>
 * With a {@link Builder#template(Function) template} it makes a missing child by itself
 * when a message for it arrives.
 *
 * @since 0.1.0
 */
public final class DynamicSupervisorSpec implements ChildSpec {

	private final ChildSettings settings;

	private final RestartIntensity intensity;

	private final @Nullable RestartBackoff backoff;

	private final WhenBudgetSpent whenBudgetSpent;

	private final BudgetScope budgetScope;

	private final int maxChildren;

	private final @Nullable Function<String, ? extends AgentSpec<?>> template;

	private DynamicSupervisorSpec(Builder builder) {
		this.settings = builder.settings();
		this.intensity = builder.intensity;
		this.backoff = builder.backoff;
		this.whenBudgetSpent = builder.whenBudgetSpent;
		this.budgetScope = builder.budgetScope;
		this.maxChildren = builder.maxChildren;
		this.template = builder.template;
	}

	/**
	 * Start to specify a dynamic supervisor.
	 * @param id the supervisor's name, one segment of a path
	 * @return a builder
	 */
	public static Builder builder(String id) {
		return new Builder(id);
	}

	/**
	 * Specify another dynamic supervisor by what differs from this one.
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
		return NodeType.DYNAMIC_SUPERVISOR;
	}

	/**
	 * How many restarts are normal life.
	 * @return the restart budget
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
	 * Whose restarts are counted together.
	 * @return the scope of the budget
	 */
	public BudgetScope budgetScope() {
		return this.budgetScope;
	}

	/**
	 * How many children there may be at once.
	 * @return the limit
	 */
	public int maxChildren() {
		return this.maxChildren;
	}

	/**
	 * Specifies the child for a key when a message for it arrives.
	 * @return the template, or {@code null} if children are started by hand only
	 */
	public @Nullable Function<String, ? extends AgentSpec<?>> template() {
		return this.template;
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
		return "dynamic supervisor '" + id() + "'";
	}

	/**
	 * Collects the settings of a dynamic supervisor.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder extends ChildBuilder<Builder> {

		private RestartIntensity intensity = RestartIntensity.defaults();

		private @Nullable RestartBackoff backoff;

		private WhenBudgetSpent whenBudgetSpent = WhenBudgetSpent.STOP;

		private BudgetScope budgetScope = BudgetScope.SUPERVISOR;

		private int maxChildren = Integer.MAX_VALUE;

		private @Nullable Function<String, ? extends AgentSpec<?>> template;

		private Builder(String id) {
			super("dynamic supervisor", id, Shutdown.infinite());
		}

		private Builder(DynamicSupervisorSpec spec) {
			super("dynamic supervisor", spec.settings);
			this.intensity = spec.intensity;
			this.backoff = spec.backoff;
			this.whenBudgetSpent = spec.whenBudgetSpent;
			this.budgetScope = spec.budgetScope;
			this.maxChildren = spec.maxChildren;
			this.template = spec.template;
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
		 * Set whose restarts are counted together. Default, as in OTP:
		 * {@link BudgetScope#SUPERVISOR}.
		 * @param budgetScope the scope of the budget
		 * @return this builder
		 */
		public Builder budgetScope(BudgetScope budgetScope) {
			this.budgetScope = Objects.requireNonNull(budgetScope, "'budgetScope' must not be null");
			return this;
		}

		/**
		 * Limit the number of children. Default, as in OTP: no limit.
		 * @param maxChildren how many there may be at once
		 * @return this builder
		 */
		public Builder maxChildren(int maxChildren) {
			this.maxChildren = maxChildren;
			return this;
		}

		/**
		 * Start a missing child when a message for it arrives. The function is called on
		 * the sender's thread with the last segment of the path, and its result must have
		 * that id.
		 * @param template specifies the child for a key
		 * @return this builder
		 */
		public Builder template(Function<String, ? extends AgentSpec<?>> template) {
			this.template = Objects.requireNonNull(template, "'template' must not be null");
			return this;
		}

		@Override
		Builder self() {
			return this;
		}

		@Override
		void check(List<Problem> problems) {
			if (this.maxChildren < 1) {
				problems.add(new Problem("maxChildren", this.maxChildren + " is given, at least 1 is needed"));
			}
		}

		/**
		 * Check the settings and make the specification.
		 * @return the specification
		 * @throws InvalidSpecificationException naming every setting that is wrong
		 */
		public DynamicSupervisorSpec build() {
			return new DynamicSupervisorSpec(this);
		}

	}

}
