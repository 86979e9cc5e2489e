package io.switchboard.ai.tool;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Makes tools of methods that are annotated with Spring AI's {@code @Tool}.
 * <p>
 * Use it instead of Spring AI's {@code ToolCallbacks} for agents that are specified in
 * Java. It does the same and more: {@link ToolPolicy} is read, methods may return a
 * {@code Mono}, a {@code Flux} or a {@code CompletionStage}, of which Spring AI makes
 * nonsense, and may answer with a {@link ToolReply}.
 * <p>
 * A {@code Flux} is collected to a list. Cancelling reaches a {@code CompletionStage}
 * only if that is a future which knows what to do about it.
 *
 * @since 0.1.0
 */
public final class ToolMethods {

	private static final List<Class<?>> NO_RESULTS = List.of(Function.class, Supplier.class, Consumer.class);

	private ToolMethods() {
	}

	/**
	 * Make tools.
	 * @param objects objects with annotated methods; proxies may be among them
	 * @return a tool for each annotated method
	 * @throws IllegalArgumentException if an object has none, or a {@link ToolPolicy}
	 * cannot be read
	 */
	public static List<ToolCallback> of(Object... objects) {
		List<ToolCallback> result = new ArrayList<>();
		for (Object object : objects) {
			Objects.requireNonNull(object, "'objects' must not have null elements");
			List<ToolCallback> tools = from(object);
			if (tools.isEmpty()) {
				throw new IllegalArgumentException(
						"Class %s has no method that is annotated with @Tool: annotate one, or give the %s itself if it is a ToolCallback"
							.formatted(AopUtils.getTargetClass(object).getName(), "object"));
			}
			result.addAll(tools);
		}
		return result;
	}

	private static List<ToolCallback> from(Object object) {
		return MethodIntrospector.selectMethods(AopUtils.getTargetClass(object), ToolMethods::isTool)
			.stream()
			.map((method) -> ToolMethod.of(object, method).toTool())
			.toList();
	}

	/**
	 * As in Spring AI, a method that returns a function is none.
	 */
	private static boolean isTool(Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, Tool.class)
				&& NO_RESULTS.stream().noneMatch((type) -> type.isAssignableFrom(method.getReturnType()));
	}

}
