package io.switchboard.runtime;

import java.lang.reflect.Modifier;
import java.util.Arrays;

import io.switchboard.AgentPath;
import io.switchboard.Behaviour;
import io.switchboard.supervision.BehaviourFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the behaviour of a life and sees that it is not that of the life before.
 */
final class NewBehaviour {

	private NewBehaviour() {
	}

	/**
	 * Make a behaviour.
	 * @param path whose it is, for messages
	 * @param factory makes it
	 * @param previous what the life before had, if there was one
	 * @return the behaviour
	 * @throws Exception if the factory fails, or returns the same again
	 */
	static Behaviour<Object> of(AgentPath path, BehaviourFactory<Object> factory, @Nullable Behaviour<Object> previous)
			throws Exception {
		Behaviour<Object> behaviour = factory.create();
		if (behaviour == null) {
			throw new IllegalStateException(
					"The factory of agent '%s' returned null; it must return a new behaviour".formatted(path));
		}
		if (behaviour == previous && hasState(behaviour)) {
			throw new IllegalStateException(("The factory of agent '%s' returned the %s of the incarnation before; "
					+ "it must return a new object each time, or a restart would keep the broken state")
				.formatted(path, behaviour.getClass().getName()));
		}
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
