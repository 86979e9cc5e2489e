package io.switchboard.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEventListener;

/**
 * Some {@link AgentProbe}s that write one log together, so that a test can compare the
 * order in which things happened to them.
 * <p>
 * Make it a {@linkplain TestAgentSystem.Builder#listener listener} of the system, or no
 * probe will report {@link ProbeEvent#GONE}. Give each probe one place in the tree only.
 *
 * @since 0.1.0
 */
public final class Probes implements AgentEventListener {

	private final Object lock = new Object();

	private final List<ProbeEntry> log = new ArrayList<>();

	private final ConcurrentMap<String, AgentProbe> byName = new ConcurrentHashMap<>();

	/**
	 * The probe of a name, made at the first call.
	 * @param name the name
	 * @return the probe
	 */
	public AgentProbe agent(String name) {
		return this.byName.computeIfAbsent(name, (missing) -> new AgentProbe(missing, this));
	}

	/**
	 * Everything that the probes have reported.
	 * @return the entries, oldest first
	 */
	public List<ProbeEntry> entries() {
		synchronized (this.lock) {
			return List.copyOf(this.log);
		}
	}

	/**
	 * What the probes have reported, as {@linkplain ProbeEntry#line() lines}.
	 * @param events the kinds of report to show; all if none is named
	 * @return the lines, oldest first
	 */
	public List<String> lines(ProbeEvent... events) {
		Set<ProbeEvent> wanted = Set.of((events.length > 0) ? events : ProbeEvent.values());
		return entries().stream().filter((entry) -> wanted.contains(entry.event())).map(ProbeEntry::line).toList();
	}

	/**
	 * Forget what was reported so far.
	 */
	public void clear() {
		synchronized (this.lock) {
			this.log.clear();
		}
	}

	@Override
	public void onEvent(AgentEvent event) {
		if (event instanceof AgentEvent.Exited exited) {
			this.byName.values()
				.stream()
				.filter((probe) -> probe.livesAt(exited.path()))
				.forEach((probe) -> probe.report(ProbeEvent.GONE, exited.incarnation(), exited.reason()));
		}
	}

	void report(ProbeEntry entry) {
		synchronized (this.lock) {
			this.log.add(entry);
		}
	}

}
