package io.switchboard.supervision;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.switchboard.supervision.InvalidSpecificationException.Problem;

/**
 * A supervisor of several copies of one child, to spread keys over: one of
 * {@code partitions} numbered children is responsible for a key. For a piece of work that
 * one agent alone would be too slow for.
 * <p>
 * The children are called {@code 0}, {@code 1} and so on, and are restarted one for one.
 * Find the child for a key with {@link io.switchboard.runtime.AgentSystem#partitions}.
 * <p>
 * A supervisor of sessions needs none of this: its children start independently of each
 * other already.
 *
 * @since 0.1.0
 */
public final class PartitionSupervisorSpec implements ChildSpec {

	private final ChildSettings settings;

	private final RestartIntensity intensity;

	private final IntFunction<? extends ChildSpec> child;

	private final List<ChildSpec> children;

	private PartitionSupervisorSpec(Builder builder) {
		this.child = builder.child;
		this.children = builder.specify();
		this.settings = builder.settings();
		this.intensity = builder.intensity;
	}

	/**
	 * Start to specify a partition supervisor.
	 * @param id the supervisor's name, one segment of a path
	 * @param child specifies the child for each number; its id must be that number
	 * @return a builder
	 */
	public static Builder builder(String id, IntFunction<? extends ChildSpec> child) {
		return new Builder(id, child);
	}

	/**
	 * Specify another partition supervisor by what differs from this one.
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
		return NodeType.PARTITION_SUPERVISOR;
	}

	/**
	 * How many restarts are normal life.
	 * @return the restart budget, shared by all partitions
	 */
	public RestartIntensity intensity() {
		return this.intensity;
	}

	/**
	 * The children, one for each partition.
	 * @return their specifications, by number
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
		return "partition supervisor '" + id() + "'";
	}

	/**
	 * Collects the settings of a partition supervisor.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder extends ChildBuilder<Builder> {

		private final IntFunction<? extends ChildSpec> child;

		private int partitions = Runtime.getRuntime().availableProcessors();

		private RestartIntensity intensity = RestartIntensity.defaults();

		private AutoShutdown autoShutdown = AutoShutdown.NEVER;

		private List<ChildSpec> children = List.of();

		private Builder(String id, IntFunction<? extends ChildSpec> child) {
			super("partition supervisor", id, Shutdown.infinite());
			this.child = Objects.requireNonNull(child, "'child' must not be null");
		}

		private Builder(PartitionSupervisorSpec spec) {
			super("partition supervisor", spec.settings);
			this.child = spec.child;
			this.partitions = spec.children.size();
			this.intensity = spec.intensity;
		}

		/**
		 * Set the number of partitions. Default: as many as there are processors.
		 * @param partitions the number, at least one
		 * @return this builder
		 */
		public Builder partitions(int partitions) {
			this.partitions = partitions;
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
		 * Only {@link AutoShutdown#NEVER}, the default, is possible: a key whose
		 * partition is done would have nowhere to go.
		 * @param autoShutdown the setting
		 * @return this builder
		 */
		public Builder autoShutdown(AutoShutdown autoShutdown) {
			this.autoShutdown = Objects.requireNonNull(autoShutdown, "'autoShutdown' must not be null");
			return this;
		}

		@Override
		Builder self() {
			return this;
		}

		private List<ChildSpec> specify() {
			this.children = IntStream.range(0, this.partitions)
				.<ChildSpec>mapToObj((number) -> Objects.requireNonNull(this.child.apply(number),
						() -> "'child' must not return null, but did for partition " + number))
				.toList();
			return this.children;
		}

		@Override
		void check(List<Problem> problems) {
			if (this.partitions < 1) {
				problems.add(new Problem("partitions", this.partitions + " is given, at least 1 is needed"));
			}
			if (this.autoShutdown != AutoShutdown.NEVER) {
				problems.add(new Problem("autoShutdown", this.autoShutdown
						+ " is given, only NEVER is possible: a partition that is done would leave its keys to nobody"));
			}
			Set<ChildSpec> seen = new HashSet<>();
			for (int number = 0; number < this.children.size(); number++) {
				check(number, this.children.get(number), problems);
				if (!seen.add(this.children.get(number))) {
					problems.add(new Problem("child",
							"the same specification is given for several partitions; make one for each"));
				}
			}
		}

		private static void check(int number, ChildSpec child, List<Problem> problems) {
			if (!child.id().equals(Integer.toString(number))) {
				problems.add(new Problem("child", "the id '%s' is given for partition %d, only '%d' is possible"
					.formatted(child.id(), number, number)));
			}
			if (child.significant()) {
				problems.add(new Problem("child",
						"partition %d is significant, which means nothing to a supervisor that never ends by itself"
							.formatted(number)));
			}
		}

		/**
		 * Check the settings and make the specification. The function for the children is
		 * called here, once for each partition.
		 * @return the specification
		 * @throws InvalidSpecificationException naming every setting that is wrong
		 */
		public PartitionSupervisorSpec build() {
			return new PartitionSupervisorSpec(this);
		}

	}

}
