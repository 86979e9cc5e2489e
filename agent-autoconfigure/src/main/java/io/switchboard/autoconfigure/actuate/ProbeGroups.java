package io.switchboard.autoconfigure.actuate;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.core.env.Environment;

/**
 * Lets a platform know by its probes what it can do something about. A process that has
 * lost too many threads is not alive: a new one helps. One whose journal is away, or
 * whose agents are restarted too often, is not ready: others may do better. What a
 * provider or a single agent suffers from is in neither, as nobody else would do better,
 * or all the others go on.
 * <p>
 * A group that the application sets up itself is left alone.
 */
final class ProbeGroups implements HealthEndpointGroupsPostProcessor {

	private static final Map<String, Set<String>> MEMBERS = Map.of("liveness", Set.of("agents"), "readiness",
			Set.of("journal", "restartRate"));

	private final Environment environment;

	ProbeGroups(Environment environment) {
		this.environment = environment;
	}

	@Override
	public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
		Map<String, HealthEndpointGroup> all = new HashMap<>();
		for (String name : groups.getNames()) {
			HealthEndpointGroup group = groups.get(name);
			Set<String> members = MEMBERS.get(name);
			if (group != null) {
				all.put(name, (members != null && !isSetUp(name)) ? new ProbeGroup(group, members) : group);
			}
		}
		return HealthEndpointGroups.of(groups.getPrimary(), all);
	}

	private boolean isSetUp(String group) {
		return Binder.get(this.environment)
			.bind("management.endpoint.health.group." + group, Bindable.mapOf(String.class, Object.class))
			.isBound();
	}

	/**
	 * A group with more members.
	 *
	 * @param group the group
	 * @param members what is in it, too
	 */
	private record ProbeGroup(HealthEndpointGroup group, Set<String> members) implements HealthEndpointGroup {

		@Override
		public boolean isMember(String name) {
			return this.members.contains(name) || this.group.isMember(name);
		}

		@Override
		public boolean showComponents(SecurityContext securityContext) {
			return this.group.showComponents(securityContext);
		}

		@Override
		public boolean showDetails(SecurityContext securityContext) {
			return this.group.showDetails(securityContext);
		}

		@Override
		public StatusAggregator getStatusAggregator() {
			return this.group.getStatusAggregator();
		}

		@Override
		public HttpCodeStatusMapper getHttpCodeStatusMapper() {
			return this.group.getHttpCodeStatusMapper();
		}

		@Override
		public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
			return this.group.getAdditionalPath();
		}

	}

}
