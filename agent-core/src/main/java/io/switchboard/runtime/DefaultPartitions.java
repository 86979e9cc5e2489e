package io.switchboard.runtime;

import java.util.ArrayList;
import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.supervision.PartitionSupervisorSpec;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Looks at the partition supervisor that is at a path at that moment.
 */
final class DefaultPartitions implements Partitions {

	private final DefaultAgentSystem system;

	private final AgentPath path;

	DefaultPartitions(DefaultAgentSystem system, AgentPath path) {
		this.system = system;
		this.path = path;
	}

	@Override
	public AgentPath supervisor() {
		return this.path;
	}

	@Override
	public int size() {
		PartitionsInUse inUse = inUse(cell());
		return (inUse != null) ? inUse.count() : 0;
	}

	@Override
	public AgentPath of(Object key) {
		SupervisorCell cell = cell();
		PartitionsInUse inUse = inUse(cell);
		int size = (inUse != null) ? inUse.count() : 0;
		if (size == 0) {
			throw new NoPartitionException(this.path, 0,
					"Partition supervisor '%s' uses no partitions now; resize it to at least one".formatted(this.path));
		}
		String name = Integer.toString(numberFor(key, size));
		if (cell.find(name) == null) {
			throw new NoPartitionException(this.path, size,
					"Partition %s of supervisor '%s' has ended for good; there are %s".formatted(name, this.path,
							names(cell)));
		}
		return this.path.child(name);
	}

	static int numberFor(Object key, int size) {
		if (key instanceof Integer || key instanceof Long || key instanceof Short || key instanceof Byte) {
			return (int) Math.abs(((Number) key).longValue() % size);
		}
		int hash = key.hashCode() * 0x9E3779B9;
		return Math.floorMod(hash ^ (hash >>> 16), size);
	}

	@Override
	public Mono<Void> resize(int partitions) {
		return PendingAnswer.<AgentPath>to((asker) -> {
			SupervisorCell cell = cell();
			int most = ((PartitionSupervisorSpec) cell.child().spec).children().size();
			if (partitions < 0 || partitions > most) {
				throw new IllegalArgumentException(
						"Partition supervisor '%s' cannot be resized to %d: 0 to %d are possible, as it was specified"
							.formatted(this.path, partitions, most));
			}
			resize(cell, partitions, asker);
		}).then();
	}

	private void resize(SupervisorCell cell, int partitions, PendingAnswer<AgentPath> asker) {
		if (cell.isClosed() || cell.machine() == null) {
			asker.fail(new ChildOperationException(this.path, Problem.NOT_RUNNING));
		}
		else {
			cell.request(
					ChildRequest.resize(partitions, DefaultSupervisorRef.callers(this.path, asker.context()), asker));
		}
	}

	private static @Nullable PartitionsInUse inUse(SupervisorCell cell) {
		return (cell.machine() instanceof StaticSupervisor rules) ? rules.partitions() : null;
	}

	private SupervisorCell cell() {
		Cell found = this.system.find(this.path);
		if (found instanceof SupervisorCell cell && cell.child().spec instanceof PartitionSupervisorSpec) {
			return cell;
		}
		throw new IllegalArgumentException("There is no partition supervisor at '%s', but %s".formatted(this.path,
				(found != null) ? "something of type " + found.child().spec.type().id() : whatIsThere()));
	}

	private String whatIsThere() {
		AgentPath above = this.path.parent();
		while (above != null && !(this.system.find(above) instanceof SupervisorCell)) {
			above = above.parent();
		}
		return (above != null && this.system.find(above) instanceof SupervisorCell cell)
				? "nothing; below '%s' there are %s".formatted(above, names(cell)) : "nothing";
	}

	private static List<String> names(SupervisorCell cell) {
		List<String> names = new ArrayList<>();
		SupervisorMachine rules = cell.machine();
		if (rules != null) {
			rules.children.inOrder().stream().limit(20).forEach((child) -> names.add(child.id()));
		}
		return names;
	}

	@Override
	public String toString() {
		return "Partitions[" + this.path + "]";
	}

}
