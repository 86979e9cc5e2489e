package io.switchboard.autoconfigure.security;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.switchboard.runtime.AgentSystem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Tells at the start that others may operate on agents, where nobody asks who they are.
 */
final class ExposureWarning implements ApplicationListener<ApplicationReadyEvent> {

	private static final Logger logger = LoggerFactory.getLogger(AgentSystem.class);

	private static final String NO_PORT = "-1";

	private final Binder binder;

	private final @Nullable EndpointAccessResolver accesses;

	private final boolean secured;

	/**
	 * Make a warning.
	 * @param environment the settings
	 * @param accesses tells what endpoints allow, {@code null} if there are none
	 * @param secured whether there is Spring Security
	 */
	ExposureWarning(Environment environment, @Nullable EndpointAccessResolver accesses, boolean secured) {
		this.binder = Binder.get(environment);
		this.accesses = accesses;
		this.secured = secured;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		List<String> open = this.secured ? List.of() : open();
		if (!open.isEmpty()) {
			logger
				.warn("Open to whoever reaches this address, as there is no Spring Security: {}. Protect it, or listen "
						+ "on the loopback address with 'server.address' (and 'management.server.address')", open);
		}
	}

	private List<String> open() {
		List<String> open = new ArrayList<>();
		boolean server = isReachable("server.address");
		if (server && get("switchboard.page.enabled", Boolean.class, false)) {
			open.add("the page at /switchboard"
					+ (get("switchboard.page.actions", Boolean.class, false) ? " with its buttons" : ""));
		}
		if (isManagementReachable(server)) {
			Stream.of("agents", "deadletters")
				.filter((id) -> isWritten(id) && isExposed(id))
				.forEach((id) -> open.add("write operations of the endpoint '%s'".formatted(id)));
		}
		return open;
	}

	private boolean isManagementReachable(boolean server) {
		String ownPort = this.binder.bind("management.server.port", String.class).orElse(null);
		if (ownPort == null) {
			return server;
		}
		return !ownPort.equals(NO_PORT) && isReachable("management.server.address");
	}

	private boolean isWritten(String id) {
		return this.accesses != null
				&& this.accesses.accessFor(EndpointId.of(id), Access.READ_ONLY) == Access.UNRESTRICTED;
	}

	private boolean isExposed(String id) {
		Set<?> included = get("management.endpoints.web.exposure.include", Set.class, Set.of());
		Set<?> excluded = get("management.endpoints.web.exposure.exclude", Set.class, Set.of());
		return (included.contains("*") || included.contains(id)) && !(excluded.contains("*") || excluded.contains(id));
	}

	/** Without an address it is any that the machine has. */
	private boolean isReachable(String key) {
		return this.binder.bind(key, InetAddress.class).map((address) -> !address.isLoopbackAddress()).orElse(true);
	}

	private <T> T get(String key, Class<T> type, T otherwise) {
		return this.binder.bind(key, type).orElse(otherwise);
	}

}
