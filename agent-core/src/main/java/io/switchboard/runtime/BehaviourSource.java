package io.switchboard.runtime;

import java.lang.ref.WeakReference;
import java.lang.reflect.Modifier;
import java.util.Arrays;

import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.supervision.BehaviourFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes an agent's behaviours and sees that each life gets a new one.
 */
final class BehaviourSource {

	private final AgentPath path;

	private final BehaviourFactory<Object> factory;

	private volatile @Nullable WeakReference<Behaviour<Object>> previous;

	BehaviourSource(AgentPath path, BehaviourFactory<Object> factory) {
		this.path = path;
		this.factory = factory;
	}

	Behaviour<Object> create() throws Exception {
		Behaviour<Object> behaviour = this.factory.create();
		if (behaviour == null) {
			throw new IllegalStateException(
					"The factory of agent '%s' returned null; it must return a new behaviour".formatted(this.path));
		}
		WeakReference<Behaviour<Object>> before = this.previous;
		if (before != null && behaviour == before.get() && hasState(behaviour)) {
			throw new IllegalStateException(("The factory of agent '%s' returned the %s of the incarnation before; "
					+ "it must return a new object each time, or a restart would keep the broken state")
				.formatted(this.path, behaviour.getClass().getName()));
		}
		this.previous = new WeakReference<>(behaviour);
		return behaviour;
	}

	/**
	 * A lambda that captures nothing is the same object at each evaluation. Without a
	 * field it has no state that a restart could keep.
	 * @param behaviour the behaviour
	 * @return whether it has a field
	 */
	private static boolean hasState(Object behaviour) {
		for (Class<?> type = behaviour.getClass(); type != null; type = type.getSuperclass()) {
			if (Arrays.stream(type.getDeclaredFields()).anyMatch((field) -> !Modifier.isStatic(field.getModifiers()))) {
				return true;
			}
		}
		return false;
	}

}
