package io.switchboard.benchmarks.comparison;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what came out, as rows of the table in the documentation.
 */
final class Report {

	private static final List<String> HEAD = List.of("| work | figure | date | JDK | command | ours | Pekko | ratio |",
			"|---|---|---|---|---|---|---|---|");

	private static final List<String> HEAD_WITH_BEAM = List.of(
			"| work | figure | date | JDK | command | ours | Pekko | ratio | BEAM | ratio |",
			"|---|---|---|---|---|---|---|---|---|---|");

	private final Results results;

	private final LocalDate date;

	Report(Results results, LocalDate date) {
		this.results = results;
		this.date = date;
	}

	List<String> lines(List<Case> cases) {
		List<String> lines = new ArrayList<>(cases.stream().anyMatch(Case::hasBeam) ? HEAD_WITH_BEAM : HEAD);
		for (Case done : cases) {
			for (Entry entry : done.entries()) {
				String peer = entry.peer();
				if (peer != null) {
					ComparedFigure.of(done.work()).forEach((figure) -> lines.add(row(done, entry, peer, figure)));
				}
			}
		}
		lines.add("");
		lines.add("Medians, in brackets the extremes; ratios are taken within a repetition. "
				+ "Share of the machine that others used: " + this.results.foreign() + ".");
		return lines;
	}

	private String row(Case done, Entry entry, String peer, ComparedFigure figure) {
		String name = done.name() + entry.label().substring(entry.contender().length());
		String row = "| %s | %s | %s | %s | `%s` | %s | %s | %s |".formatted(name, figure.name(), this.date,
				Runtime.version().feature(), done.command(entry), this.results.figure(done, entry.label(), figure),
				this.results.figure(done, peer, figure), this.results.ratio(done, entry.label(), peer, figure));
		return done.hasBeam() ? row + " %s | %s |".formatted(this.results.figure(done, Entry.BEAM, figure),
				this.results.ratio(done, entry.label(), Entry.BEAM, figure)) : row;
	}

}
