package io.switchboard.autoconfigure.annotated;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

import io.switchboard.AgentContext;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A method that the runtime calls: how to pass the arguments and read the answer.
 */
final class AgentMethod {

	private final Method method;

	private final List<Argument> arguments;

	private final Answer answer;

	/** Whether the answer may be complete without a value. */
	private final boolean mayBeEmpty;

	AgentMethod(Method method, List<Argument> arguments) {
		this.method = method;
		this.arguments = List.copyOf(arguments);
		this.answer = Answer.of(method.getReturnType());
		this.mayBeEmpty = isOfVoid(method);
		ReflectionUtils.makeAccessible(method);
	}

	private static boolean isOfVoid(Method method) {
		ResolvableType stage = ResolvableType.forMethodReturnType(method).as(CompletionStage.class);
		return stage.getGeneric(0).resolve(Object.class) == Void.class;
	}

	/**
	 * Whether the method may block the thread that calls it.
	 * @return {@code true} unless it returns a publisher or a stage
	 */
	boolean blocks() {
		return this.answer == Answer.VALUE || this.answer == Answer.NOTHING;
	}

	boolean answersWithValue() {
		return this.answer == Answer.VALUE;
	}

	/**
	 * Call the method. The call happens here and now, not when the answer is subscribed
	 * to: operators would let a stack overflow pass by as fatal.
	 * @param bean the object to call it on
	 * @param subject the message or the exit reason
	 * @param context the incarnation's context
	 * @return the answer
	 * @throws Exception whatever the method throws
	 */
	Publisher<?> call(Object bean, @Nullable Object subject, AgentContext<?> context) throws Exception {
		@Nullable Object[] values = new @Nullable Object[this.arguments.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = (this.arguments.get(i) == Argument.CONTEXT) ? context : subject;
		}
		return answer(invoke(bean, values));
	}

	private @Nullable Object invoke(Object bean, @Nullable Object[] values) throws Exception {
		try {
			return this.method.invoke(bean, values);
		}
		catch (InvocationTargetException ex) {
			Throwable failure = ex.getTargetException();
			if (failure instanceof Error error) {
				throw error;
			}
			throw (failure instanceof Exception exception) ? exception : new UndeclaredThrowableException(failure);
		}
	}

	private Publisher<?> answer(@Nullable Object result) {
		if (this.answer == Answer.NOTHING) {
			return Mono.empty();
		}
		if (result == null) {
			throw noAnswer();
		}
		if (result instanceof Publisher<?> publisher) {
			return publisher;
		}
		if (result instanceof CompletionStage<?> stage) {
			Mono<?> mono = Mono.fromCompletionStage(stage);
			return this.mayBeEmpty ? mono : mono.switchIfEmpty(Mono.error(this::noAnswer));
		}
		return Mono.just(result);
	}

	private IllegalStateException noAnswer() {
		return new IllegalStateException(
				"Method %s answered null, but declares %s: return a value, or declare void if there is no answer"
					.formatted(this, this.method.getReturnType().getSimpleName()));
	}

	@Override
	public String toString() {
		return describe(this.method);
	}

	static String describe(Method method) {
		return "%s.%s(%s)".formatted(ClassUtils.getShortName(method.getDeclaringClass()), method.getName(),
				Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).collect(Collectors.joining(", ")));
	}

	/**
	 * What a parameter gets.
	 */
	enum Argument {

		/**
		 * What the call is about: the message, or the exit reason.
		 */
		SUBJECT,

		/**
		 * The incarnation's context.
		 */
		CONTEXT

	}

	/**
	 * What a method declares to answer with.
	 */
	private enum Answer {

		NOTHING, VALUE, PUBLISHER, STAGE;

		static Answer of(Class<?> type) {
			if (type == void.class || type == Void.class) {
				return NOTHING;
			}
			if (Publisher.class.isAssignableFrom(type)) {
				return PUBLISHER;
			}
			return CompletionStage.class.isAssignableFrom(type) ? STAGE : VALUE;
		}

	}

}
