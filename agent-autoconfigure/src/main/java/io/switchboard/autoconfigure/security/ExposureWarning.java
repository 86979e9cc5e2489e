package io.switchboard.autoconfigure.security;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.switchboard.runtime.AgentSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Tells at the start that others may operate on agents, where nobody asks who they are.
 */
final class ExposureWarning implements ApplicationListener<ApplicationReadyEvent> {

	private static final Logger logger = LoggerFactory.getLogger(AgentSystem.class);

	private final Binder binder;

	private final boolean secured;

	/**
	 * Make a warning.
	 * @param environment the settings
	 * @param secured whether there is Spring Security
	 */
	ExposureWarning(Environment environment, boolean secured) {
		this.binder = Binder.get(environment);
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
			open.add("the page at /switchboard");
		}
		boolean ownPort = this.binder.bind("management.server.port", String.class).isBound();
		boolean management = ownPort ? isReachable("management.server.address") : server;
		if (management && isWritten() && isExposed()) {
			open.add("write operations of the endpoint 'agents'");
		}
		return open;
	}

	private boolean isWritten() {
		return get("management.endpoint.agents.access", Access.class, Access.READ_ONLY) == Access.UNRESTRICTED;
	}

	private boolean isExposed() {
		Set<?> included = get("management.endpoints.web.exposure.include", Set.class, Set.of());
		Set<?> excluded = get("management.endpoints.web.exposure.exclude", Set.class, Set.of());
		return (included.contains("*") || included.contains("agents"))
				&& !(excluded.contains("*") || excluded.contains("agents"));
	}

	/** Without an address it is any that the machine has. */
	private boolean isReachable(String key) {
		return this.binder.bind(key, InetAddress.class).map((address) -> !address.isLoopbackAddress()).orElse(true);
	}

	private <T> T get(String key, Class<T> type, T otherwise) {
		return this.binder.bind(key, type).orElse(otherwise);
	}

}
