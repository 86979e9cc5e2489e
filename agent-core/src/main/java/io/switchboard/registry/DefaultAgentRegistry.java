package io.switchboard.registry;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The registry of one system.
 */
final class DefaultAgentRegistry implements AgentRegistry {

	private final Residents residents;

	private final Names names;

	private final Topics topics;

	private final ConcurrentMap<String, Groups> scopes = new ConcurrentHashMap<>(2);

	DefaultAgentRegistry(Residents residents) {
		this.residents = residents;
		this.names = new DefaultNames(residents);
		this.topics = new DefaultTopics(residents);
	}

	@Override
	public Names names() {
		return this.names;
	}

	@Override
	public Groups groups(String scope) {
		Objects.requireNonNull(scope, "'scope' must not be null");
		return this.scopes.computeIfAbsent(scope, (missing) -> new DefaultGroups(this.residents));
	}

	@Override
	public Topics topics() {
		return this.topics;
	}

}
