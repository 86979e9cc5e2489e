package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * One node from near, on the wire: what the tree shows of it, and the rest beside.
 *
 * @param node the node as in the tree
 * @param specification what it was specified as
 * @param budget how much is spent of the restart budget that its supervisor has for it,
 * absent for the root
 * @param handling the class of the message in hand, absent if there is none
 * @param handlingFor how long that has been in hand, absent if there is none
 * @param state the state, as far as it may be shown; absent if the agent shows none, or
 * was not done with its message in time
 * @param statistics what the current life has done, absent for a supervisor
 * @param trace the latest that the agent did, absent unless it is traced
 * @param crashReports what was written on the latest crashes, newest first
 */
record NodeDetails(@JsonUnwrapped NodeDescriptor node, SpecificationDescriptor specification,
		CrashReportDescriptor.@Nullable Budget budget, @Nullable String handling, @Nullable Duration handlingFor,
		@Nullable ContentDescriptor state, @Nullable StatisticsDescriptor statistics,
		@Nullable List<TraceDescriptor> trace,
		List<CrashReportDescriptor> crashReports) implements OperationResponseBody {

}
