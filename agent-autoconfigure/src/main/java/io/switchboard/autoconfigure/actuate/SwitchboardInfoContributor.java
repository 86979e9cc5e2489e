package io.switchboard.autoconfigure.actuate;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.AgentCatalog;
import io.switchboard.autoconfigure.AgentDefinition;
import io.switchboard.journal.Journal;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.tree.SupervisorNode;
import io.switchboard.tree.TreeCut;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Tells what runs here: which agents in which version, below which supervisors, and
 * whether sessions survive. It names what the application defines, never a session.
 */
final class SwitchboardInfoContributor implements InfoContributor {

	private final AgentSystem system;

	private final AgentCatalog catalog;

	private final @Nullable Journal journal;

	SwitchboardInfoContributor(AgentSystem system, AgentCatalog catalog, @Nullable Journal journal) {
		this.system = system;
		this.catalog = catalog;
		this.journal = journal;
	}

	@Override
	public void contribute(Info.Builder builder) {
		builder.withDetail("switchboard",
				new Details(
						Objects.requireNonNullElse(AgentSystem.class.getPackage().getImplementationVersion(),
								"unknown"),
						this.catalog.all().stream().map(this::describe).toList(), supervisors(), journalKind()));
	}

	private AgentDetails describe(AgentDefinition agent) {
		return new AgentDetails(agent.name(), agent.path().toString(), agent.version(),
				agent.perSession() ? sessions(agent.path()) : null);
	}

	/** Their number alone, as a walk through all of them would take long. */
	private int sessions(AgentPath path) {
		return (this.system.node(path, TreeCut.NODE_ONLY) instanceof SupervisorNode above) ? above.childCount() : 0;
	}

	private List<String> supervisors() {
		return this.catalog.all()
			.stream()
			.flatMap((agent) -> Stream.iterate(agent.path().parent(), Objects::nonNull, AgentPath::parent))
			.map(AgentPath::toString)
			.distinct()
			.sorted()
			.toList();
	}

	private String journalKind() {
		if (this.journal == null) {
			return "none";
		}
		return this.journal.isDurable() ? "durable" : "memory";
	}

	/**
	 * What runs here.
	 *
	 * @param version the version of Switchboard
	 * @param agents the agents that the application defines
	 * @param supervisors the paths of the supervisors above them
	 * @param journal {@code durable} if sessions survive the process, {@code memory} if
	 * not, {@code none} without a journal
	 */
	record Details(String version, List<AgentDetails> agents, List<String> supervisors, String journal) {

	}

	/**
	 * An agent that the application defines.
	 *
	 * @param name its name
	 * @param path where it lives, or where its sessions do
	 * @param version the version of its definition
	 * @param sessions how many sessions are in memory; absent unless it has such
	 */
	record AgentDetails(String name, String path, String version, @Nullable Integer sessions) {

	}

}
