package io.switchboard.autoconfigure.annotated;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Chooses the handler of a message by its class. One object serves all incarnations of
 * all agents of a class.
 */
final class MessageHandlers {

	private final Map<Class<?>, AgentMethod> declared;

	private final Map<Class<?>, AgentMethod> chosen = new ConcurrentHashMap<>();

	MessageHandlers(Map<Class<?>, AgentMethod> declared) {
		this.declared = new LinkedHashMap<>(declared);
	}

	Set<Class<?>> messageTypes() {
		return this.declared.keySet();
	}

	boolean block() {
		return this.declared.values().stream().anyMatch(AgentMethod::blocks);
	}

	AgentMethod handlerFor(Class<?> messageType) {
		return this.chosen.computeIfAbsent(messageType, this::choose);
	}

	private AgentMethod choose(Class<?> messageType) {
		List<Class<?>> fitting = this.declared.keySet()
			.stream()
			.filter((type) -> type.isAssignableFrom(messageType))
			.toList();
		List<Class<?>> mostSpecific = fitting.stream()
			.filter((type) -> fitting.stream().noneMatch((other) -> other != type && type.isAssignableFrom(other)))
			.toList();
		if (mostSpecific.size() != 1) {
			throw new IllegalStateException(
					"A message of type %s fits %s: exactly one handler must be the most specific; add one for %s"
						.formatted(messageType.getName(), mostSpecific.stream().map(this.declared::get).toList(),
								messageType.getSimpleName()));
		}
		return Objects.requireNonNull(this.declared.get(mostSpecific.get(0)));
	}

}
