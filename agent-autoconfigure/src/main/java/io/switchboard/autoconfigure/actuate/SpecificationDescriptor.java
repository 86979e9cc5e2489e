package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.util.List;

import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.SupervisorSpec;
import org.jspecify.annotations.Nullable;

/**
 * What a node was specified as, on the wire, as far as the tree does not show it. The
 * latter are absent for supervisors, but for those that only they have.
 *
 * @param start the class that makes the behaviour
 * @param restart which of its ends are answered with a restart
 * @param significant whether its end can end its supervisor
 * @param shutdown how long it may take to stop
 * @param messageTypes the classes of the messages that it takes
 * @param overflow what happens to messages beyond the mailbox's capacity
 * @param startTimeout how long it may take to start
 * @param handlerTimeout how long it may take for a message, absent for any time
 * @param idleTimeout after which time without messages it ends, absent for never
 * @param blocking whether its code may block
 * @param redelivers whether the next life handles the message that a crash cut off
 * @param autoShutdown whether the end of significant children ends it, for a static
 * supervisor
 * @param maxChildren how many children it may have, for a dynamic supervisor
 * @param budgetScope whether its children share the restart budget, for a dynamic
 * supervisor
 */
record SpecificationDescriptor(@Nullable String start, String restart, boolean significant, String shutdown,
		@Nullable List<String> messageTypes, @Nullable String overflow, @Nullable Duration startTimeout,
		@Nullable Duration handlerTimeout, @Nullable Duration idleTimeout, @Nullable Boolean blocking,
		@Nullable Boolean redelivers, @Nullable String autoShutdown, @Nullable Integer maxChildren,
		@Nullable String budgetScope) {

	static SpecificationDescriptor of(ChildSpec spec) {
		String restart = TreeDescriber.kebab(spec.restart());
		String shutdown = spec.shutdown().toString();
		if (spec instanceof AgentSpec<?> agent) {
			return new SpecificationDescriptor(agent.factory().getClass().getName(), restart, spec.significant(),
					shutdown, agent.messageTypes().stream().map(Class::getName).sorted().toList(),
					TreeDescriber.kebab(agent.mailbox().overflow()), agent.startTimeout(), agent.handlerTimeout(),
					agent.idleTimeout(), agent.blocking(), agent.redelivers(), null, null, null);
		}
		DynamicSupervisorSpec dynamic = (spec instanceof DynamicSupervisorSpec sessions) ? sessions : null;
		return new SpecificationDescriptor(null, restart, spec.significant(), shutdown, null, null, null, null, null,
				null, null,
				(spec instanceof SupervisorSpec supervisor) ? TreeDescriber.kebab(supervisor.autoShutdown()) : null,
				(dynamic != null) ? dynamic.maxChildren() : null,
				(dynamic != null) ? TreeDescriber.kebab(dynamic.budgetScope()) : null);
	}

}
