package io.switchboard.report;

import io.switchboard.supervision.NodeType;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Shutdown;
import org.jspecify.annotations.Nullable;

/**
 * The specification of the child that a report is about.
 *
 * @param id the child's name
 * @param type what it is
 * @param start the class that makes the child's behaviour, absent for a supervisor
 * @param restart which of its ends are answered with a restart
 * @param significant whether its end can end its supervisor
 * @param shutdown how long it may take to stop
 * @param version the version of its definition, absent for a supervisor
 * @param intensity its own restart budget, absent for an agent
 * @since 0.1.0
 */
public record Offender(String id, NodeType type, @Nullable String start, Restart restart, boolean significant,
		Shutdown shutdown, @Nullable String version, @Nullable RestartIntensity intensity) {

}
