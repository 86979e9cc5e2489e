package io.switchboard.ai.tool;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.tool.ToolCallback;

/**
 * How an agent calls its tools.
 * <p>
 * You probably want {@link #defaults()} with a supervisor. Tools that have one are tasks
 * below it: they are seen in the tree, limited in number, and ended with the turn
 * whatever they do. Without one, calls are made inside the agent, with the same time-outs
 * and outcomes.
 *
 * @param supervisor the dynamic supervisor that calls live below, {@code null} for none
 * @param parallel how many calls of one answer run at a time, at least one
 * @param timeout how long a call may take, unless the tool says otherwise
 * @param failures which exceptions are no bugs, whatever tool throws them
 * @param overrides what is said about tools by name; it overrules what they say
 * @since 0.1.0
 */
public record ToolSettings(@Nullable AgentPath supervisor, int parallel, Duration timeout,
		Set<Class<? extends Throwable>> failures, Map<String, ToolDeclaration> overrides) {

	/**
	 * How many calls of one answer run at a time unless told otherwise.
	 */
	public static final int DEFAULT_PARALLEL = 4;

	/**
	 * How long a call may take unless told otherwise.
	 */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

	private static final ToolSettings DEFAULTS = new ToolSettings(null, DEFAULT_PARALLEL, DEFAULT_TIMEOUT, Set.of(),
			Map.of());

	/**
	 * Check the settings.
	 * @throws IllegalArgumentException if a number or a time is out of range
	 */
	public ToolSettings {
		if (parallel < 1) {
			throw new IllegalArgumentException(
					"Tools have %d calls at a time: at least 1 is needed".formatted(parallel));
		}
		ToolTraits.checkTimeout(timeout);
		failures = Set.copyOf(Objects.requireNonNull(failures, "'failures' must not be null"));
		overrides = Map.copyOf(Objects.requireNonNull(overrides, "'overrides' must not be null"));
	}

	/**
	 * No supervisor, four calls at a time, 30 seconds.
	 * @return the default
	 */
	public static ToolSettings defaults() {
		return DEFAULTS;
	}

	/**
	 * Let calls be tasks.
	 * @param supervisor the dynamic supervisor that is there for them
	 * @return a changed copy
	 */
	public ToolSettings withSupervisor(AgentPath supervisor) {
		return new ToolSettings(Objects.requireNonNull(supervisor, "'supervisor' must not be null"), this.parallel,
				this.timeout, this.failures, this.overrides);
	}

	/**
	 * Change how many calls of one answer run at a time.
	 * @param parallel how many, at least one
	 * @return a changed copy
	 */
	public ToolSettings withParallel(int parallel) {
		return new ToolSettings(this.supervisor, parallel, this.timeout, this.failures, this.overrides);
	}

	/**
	 * Change how long a call may take.
	 * @param timeout how long, more than zero
	 * @return a changed copy
	 */
	public ToolSettings withTimeout(Duration timeout) {
		return new ToolSettings(this.supervisor, this.parallel, timeout, this.failures, this.overrides);
	}

	/**
	 * Change which exceptions are no bugs, whatever tool throws them.
	 * @param failures the types, subtypes included
	 * @return a changed copy
	 */
	public ToolSettings withFailures(Set<Class<? extends Throwable>> failures) {
		return new ToolSettings(this.supervisor, this.parallel, this.timeout, failures, this.overrides);
	}

	/**
	 * Change what is said about tools by name.
	 * @param overrides what overrules the tools' own declarations
	 * @return a changed copy
	 */
	public ToolSettings withOverrides(Map<String, ToolDeclaration> overrides) {
		return new ToolSettings(this.supervisor, this.parallel, this.timeout, this.failures, overrides);
	}

	/**
	 * How a tool is called.
	 * @param tool the tool
	 * @return what holds for it
	 */
	public ToolTraits traits(ToolCallback tool) {
		ToolTraits common = new ToolTraits(this.timeout, false, false, this.failures);
		ToolTraits declared = (tool instanceof AgentTool known) ? common.with(known.declaration()) : common;
		ToolDeclaration override = this.overrides.get(tool.getToolDefinition().name());
		return (override != null) ? declared.with(override) : declared;
	}

}
