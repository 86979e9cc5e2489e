package io.switchboard.ai.tool;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.util.ClassUtils;

/**
 * Who calls, as Spring Security knows it, if it is there. Reactive code finds that in
 * Reactor's context under a class. Code that blocks looks on its thread, where Spring
 * Security lets context propagation put only what the context has under the name of that
 * class.
 */
final class CallerIdentity {

	private static final String NAME = "org.springframework.security.core.context.SecurityContext";

	private static final @Nullable Class<?> TYPE = find(CallerIdentity.class.getClassLoader());

	private CallerIdentity() {
	}

	private static @Nullable Class<?> find(@Nullable ClassLoader classLoader) {
		return ClassUtils.isPresent(NAME, classLoader) ? ClassUtils.resolveClassName(NAME, classLoader) : null;
	}

	/**
	 * Let code that blocks know what reactive code does.
	 * @param context what code around a turn has put there
	 * @return the same, and who calls for those that look on their thread
	 */
	static Mono<ContextView> forThreads(ContextView context) {
		Object type = TYPE;
		if (type == null || !context.hasKey(type) || context.hasKey(NAME)) {
			return Mono.just(context);
		}
		Mono<?> identity = context.get(type);
		return identity.<ContextView>map((known) -> Context.of(context).put(NAME, known)).defaultIfEmpty(context);
	}

}
