package io.switchboard.autoconfigure.actuate;

import java.util.List;
import java.util.Set;

import io.switchboard.autoconfigure.operations.CrashLog;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Shows the latest crash reports of all nodes. Texts in them are shown to those whom
 * {@code management.endpoint.agents.show-values} shows texts, as far as the
 * {@link io.switchboard.report.Sanitizer} has let them in.
 *
 * @since 0.1.0
 */
@Endpoint(id = "crashes", defaultAccess = Access.READ_ONLY)
public class CrashesEndpoint {

	private final CrashLog log;

	private final Show showValues;

	private final Set<String> roles;

	/**
	 * Show crash reports.
	 * @param log where they are
	 * @param showValues who is shown texts
	 * @param roles the roles that are authorized, empty for everybody who is
	 * authenticated
	 */
	public CrashesEndpoint(CrashLog log, Show showValues, Set<String> roles) {
		this.log = log;
		this.showValues = showValues;
		this.roles = Set.copyOf(roles);
	}

	/**
	 * The latest reports.
	 * @param securityContext who asks
	 * @param limit how many to show, all that are kept if not given
	 * @return the reports, newest first
	 */
	@ReadOperation
	Descriptor crashes(SecurityContext securityContext, @Nullable Integer limit) {
		CrashReportDescriber describer = new CrashReportDescriber(this.showValues.isShown(securityContext, this.roles));
		return new Descriptor(this.log.reports()
			.stream()
			.limit(AgentsEndpoint.cut(limit, null).children())
			.map(describer::describe)
			.toList());
	}

	/**
	 * Crash reports on the wire.
	 *
	 * @param crashReports the reports, newest first
	 */
	record Descriptor(List<CrashReportDescriptor> crashReports) implements OperationResponseBody {

	}

}
