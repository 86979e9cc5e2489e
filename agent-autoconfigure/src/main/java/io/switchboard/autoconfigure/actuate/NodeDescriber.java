package io.switchboard.autoconfigure.actuate;

import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.report.CrashReport;
import io.switchboard.tree.AgentStatistics;
import io.switchboard.tree.NodeInspection;
import io.switchboard.tree.TraceEntry;
import org.jspecify.annotations.Nullable;

/**
 * Turns what is to be seen of one node into what goes over the wire.
 *
 * @param tree describes what the tree shows
 * @param reports describes the rest
 */
record NodeDescriber(TreeDescriber tree, CrashReportDescriber reports) {

	NodeDetails describe(NodeInspection seen, List<CrashReport> crashReports) {
		return new NodeDetails(this.tree.describe(seen.node()), SpecificationDescriptor.of(seen.spec()),
				CrashReportDescriber.describe(seen.budget()), seen.handling(), seen.handlingFor(),
				this.reports.describe(seen.state()), describe(seen.statistics()),
				seen.trace().isEmpty() ? null : seen.trace().stream().map(NodeDescriber::describe).toList(),
				describe(crashReports));
	}

	private List<CrashReportDescriptor> describe(List<CrashReport> crashReports) {
		return crashReports.stream().map(this.reports::describe).toList();
	}

	private static @Nullable StatisticsDescriptor describe(@Nullable AgentStatistics statistics) {
		return (statistics != null)
				? new StatisticsDescriptor(statistics.startedAt(), statistics.taken(), statistics.handled(),
						statistics.answered(), statistics.failed(), statistics.staleDropped(), statistics.busy())
				: null;
	}

	private static TraceDescriptor describe(TraceEntry entry) {
		AgentPath peer = entry.peer();
		return new TraceDescriptor(entry.at(), entry.kind().id(), entry.incarnation(), entry.type(),
				(peer != null) ? peer.toString() : null, entry.took());
	}

}
