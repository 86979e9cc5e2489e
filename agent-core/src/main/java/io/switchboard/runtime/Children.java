package io.switchboard.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;

import io.switchboard.registry.Directory;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.tree.TreeCut;
import org.jspecify.annotations.Nullable;

/**
 * The children of one supervisor, by name and in start order. Snapshots and senders read
 * it from any thread.
 */
final class Children {

	private static final Comparator<Position> START_ORDER = Comparator.comparingLong(Position::order);

	private final Directory<Child> byId = new Directory<>();

	private final AtomicLong nextOrder = new AtomicLong();

	@Nullable Child find(String id) {
		return this.byId.find(id);
	}

	/**
	 * Add a child behind the others.
	 * @param spec the child's specification
	 * @return the child
	 */
	Child add(ChildSpec spec) {
		Child child = create(spec);
		this.byId.put(child);
		return child;
	}

	/**
	 * Make a child without adding it.
	 * @param spec the child's specification
	 * @return the child, with its place in the order
	 */
	Child create(ChildSpec spec) {
		return new Child(spec, this.nextOrder.getAndIncrement());
	}

	/**
	 * Add a child unless there is one of that name.
	 * @param child the child
	 * @return the one that was there before, or {@code null}
	 */
	@Nullable Child addIfAbsent(Child child) {
		return this.byId.addIfAbsent(child);
	}

	void remove(Child child) {
		this.byId.remove(child);
	}

	int size() {
		return this.byId.size();
	}

	boolean isAnyAlive() {
		return this.byId.all().stream().anyMatch(Child::isAlive);
	}

	Iterable<Child> unordered() {
		return this.byId.all();
	}

	void moveToEnd(Child child) {
		child.order = this.nextOrder.getAndIncrement();
	}

	List<Child> inOrder() {
		return sorted(START_ORDER);
	}

	List<Child> inReverseOrder() {
		return sorted(START_ORDER.reversed());
	}

	/**
	 * Some of the children in start order, without sorting them all. To ask for none is
	 * to count them, and looks at none.
	 * @param after the place behind which to begin
	 * @param limit how many at most
	 * @return those children
	 */
	ChildPage page(long after, int limit) {
		if (limit == 0 && after == TreeCut.FROM_START) {
			int of = size();
			return new ChildPage(of, List.of(), (of > 0) ? after : null);
		}
		PriorityQueue<Position> first = new PriorityQueue<>(START_ORDER.reversed());
		int found = 0;
		for (Child child : this.byId.all()) {
			long order = child.order;
			if (order <= after) {
				continue;
			}
			found++;
			if (first.size() < limit) {
				first.add(new Position(order, child));
			}
			else if (limit > 0 && order < Objects.requireNonNull(first.peek()).order()) {
				first.remove();
				first.add(new Position(order, child));
			}
		}
		List<Position> shown = first.stream().sorted(START_ORDER).toList();
		Long next = shown.isEmpty() ? Long.valueOf(after) : Long.valueOf(shown.get(shown.size() - 1).order());
		return new ChildPage(size(), shown.stream().map(Position::child).toList(),
				(found > shown.size()) ? next : null);
	}

	private List<Child> sorted(Comparator<Position> order) {
		// a live change may move children while they are sorted
		return this.byId.all()
			.stream()
			.map((child) -> new Position(child.order, child))
			.sorted(order)
			.map(Position::child)
			.toList();
	}

	/**
	 * A child and its place when it was read.
	 */
	private record Position(long order, Child child) {

	}

}
