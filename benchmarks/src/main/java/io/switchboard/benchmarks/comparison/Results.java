package io.switchboard.benchmarks.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All runs, and what they say together.
 */
final class Results {

	private final List<Run> runs = new ArrayList<>();

	void add(Run run) {
		this.runs.add(run);
	}

	Stream<Run> runs() {
		return this.runs.stream();
	}

	private Stream<Run> of(Case done, String label) {
		return runs().filter((run) -> run.isOk() && run.done().equals(done) && run.entry().label().equals(label));
	}

	/**
	 * A figure of an entry.
	 * @param done the case
	 * @param label the label of the entry
	 * @param figure the figure
	 * @return its values in all repetitions
	 */
	Spread figure(Case done, String label, ComparedFigure figure) {
		return Spread.of(of(done, label).mapToDouble((run) -> run.figure(figure.name())));
	}

	/**
	 * How a figure compares with that of the entry's peer. The machine may be another one
	 * in each repetition, so each is divided by its own peer.
	 * @param done the case
	 * @param label the label of the entry
	 * @param peer the label of its peer
	 * @param figure the figure
	 * @return the ratios in all repetitions
	 */
	Spread ratio(Case done, String label, String peer, ComparedFigure figure) {
		return Spread.of(of(done, label)
			.flatMapToDouble((run) -> of(done, peer).filter((other) -> other.repetition() == run.repetition())
				.mapToDouble((other) -> run.figure(figure.name()) / other.figure(figure.name()))));
	}

	/**
	 * Which share of the machine somebody else has used.
	 * @return the values of all runs
	 */
	Spread foreign() {
		return Spread.of(runs().mapToDouble(Run::foreign));
	}

}
