package io.switchboard.autoconfigure.annotated;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.switchboard.AgentContext;
import io.switchboard.ExitReason;
import io.switchboard.annotation.OnMessage;
import io.switchboard.annotation.OnStart;
import io.switchboard.annotation.OnStop;
import io.switchboard.autoconfigure.annotated.AgentMethod.Argument;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * Reads the annotated methods of one class and collects what is wrong with them.
 */
final class AgentClassReader {

	private final Class<?> type;

	private final List<String> problems = new ArrayList<>();

	private AgentClassReader(Class<?> type) {
		this.type = type;
	}

	/**
	 * Read a class.
	 * @param type the class
	 * @param problems takes what is wrong with it
	 * @return what was read; of use only if nothing is wrong
	 */
	static AgentClass read(Class<?> type, Collection<String> problems) {
		AgentClassReader reader = new AgentClassReader(type);
		AgentClass result = new AgentClass(type, reader.handlers(), reader.lifecycle(OnStart.class, null),
				reader.lifecycle(OnStop.class, ExitReason.class));
		problems.addAll(reader.problems);
		return result;
	}

	private MessageHandlers handlers() {
		Map<Class<?>, AgentMethod> handlers = new LinkedHashMap<>();
		List<Method> methods = methods(OnMessage.class);
		for (Method method : methods) {
			Class<?> messageType = messageType(method);
			if (isCallable(method) && messageType != null) {
				AgentMethod handler = new AgentMethod(method, arguments(method));
				AgentMethod other = handlers.putIfAbsent(messageType, handler);
				if (other != null) {
					this.problems.add("%s and %s both handle messages of type %s; keep one of them".formatted(other,
							handler, messageType.getSimpleName()));
				}
			}
		}
		if (methods.isEmpty()) {
			this.problems.add("%s has no method annotated with @OnMessage; an agent needs at least one"
				.formatted(this.type.getName()));
		}
		return new MessageHandlers(handlers);
	}

	private @Nullable Class<?> messageType(Method method) {
		List<Class<?>> messages = new ArrayList<>();
		for (Class<?> parameter : parameterTypes(method)) {
			if (!AgentContext.class.isAssignableFrom(parameter)) {
				messages.add(ClassUtils.resolvePrimitiveIfNecessary(parameter));
			}
		}
		if (messages.size() != 1 || method.getParameterCount() > 2) {
			this.problems.add("%s must take exactly one message, and may take the AgentContext; it takes %d parameters"
				.formatted(AgentMethod.describe(method), method.getParameterCount()));
			return null;
		}
		return messages.get(0);
	}

	private @Nullable AgentMethod lifecycle(Class<? extends Annotation> annotation, @Nullable Class<?> subject) {
		List<Method> methods = methods(annotation);
		if (methods.size() > 1) {
			this.problems.add("%s are all annotated with @%s; at most one may be"
				.formatted(methods.stream().map(AgentMethod::describe).toList(), annotation.getSimpleName()));
		}
		if (methods.isEmpty()) {
			return null;
		}
		Method method = methods.get(0);
		List<Class<?>> parameters = parameterTypes(method);
		boolean fits = parameters.stream().distinct().count() == parameters.size()
				&& parameters.stream().allMatch((type) -> type == AgentContext.class || type == subject);
		if (!fits) {
			this.problems.add("%s may take only %sthe AgentContext".formatted(AgentMethod.describe(method),
					(subject != null) ? "the " + subject.getSimpleName() + " and " : ""));
		}
		AgentMethod result = new AgentMethod(method, arguments(method));
		if (result.answersWithValue()) {
			this.problems.add("%s returns %s, which nobody would read; declare void, a Mono or a CompletionStage"
				.formatted(result, method.getReturnType().getSimpleName()));
		}
		isCallable(method);
		return result;
	}

	private boolean isCallable(Method method) {
		if (Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
			this.problems.add("%s is %s; it must be an instance method that is at least package-private".formatted(
					AgentMethod.describe(method), Modifier.isStatic(method.getModifiers()) ? "static" : "private"));
			return false;
		}
		return true;
	}

	private List<Argument> arguments(Method method) {
		return parameterTypes(method).stream()
			.map((type) -> AgentContext.class.isAssignableFrom(type) ? Argument.CONTEXT : Argument.SUBJECT)
			.toList();
	}

	private List<Class<?>> parameterTypes(Method method) {
		List<Class<?>> types = new ArrayList<>();
		for (int i = 0; i < method.getParameterCount(); i++) {
			types.add(ResolvableType.forMethodParameter(method, i, this.type).resolve(Object.class));
		}
		return types;
	}

	private List<Method> methods(Class<? extends Annotation> annotation) {
		return MethodIntrospector
			.selectMethods(this.type, (Method method) -> AnnotatedElementUtils.hasAnnotation(method, annotation))
			.stream()
			.sorted(Comparator.comparing(AgentMethod::describe))
			.toList();
	}

}
