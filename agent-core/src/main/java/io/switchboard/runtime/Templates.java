package io.switchboard.runtime;

import java.util.function.Function;

import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.DynamicSupervisorSpec;
import org.jspecify.annotations.Nullable;

/**
 * Lets a child that a template had made follow a live change of that template.
 */
final class Templates {

	private Templates() {
	}

	/**
	 * Specify a child anew before its next start or stop. Where the new template cannot
	 * specify it, the child stays what it is.
	 * @param child the child
	 * @param supervisor what its supervisor works by
	 */
	static void renew(Child child, DynamicSupervisorSpec supervisor) {
		Function<String, ? extends AgentSpec<?>> template = supervisor.template();
		if (child.madeBy == null || template == null || child.madeBy == template) {
			return;
		}
		child.madeBy = template;
		AgentSpec<?> changed = specify(child.id(), template);
		if (changed != null) {
			child.spec = changed;
		}
	}

	private static @Nullable AgentSpec<?> specify(String id, Function<String, ? extends AgentSpec<?>> template) {
		try {
			AgentSpec<?> spec = template.apply(id);
			return spec.id().equals(id) ? spec : null;
		}
		catch (Throwable ex) {
			Fatal.tell(ex);
			return null;
		}
	}

}
