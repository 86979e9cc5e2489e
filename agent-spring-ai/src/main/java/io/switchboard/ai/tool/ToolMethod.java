package io.switchboard.ai.tool;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolCallResultConverter;
import org.springframework.ai.tool.metadata.ToolMetadata;
import org.springframework.ai.tool.method.MethodToolCallback;
import org.springframework.ai.tool.support.ToolDefinitions;
import org.springframework.ai.tool.support.ToolUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/**
 * An annotated method and how to call it. Arguments are bound as Spring AI binds them,
 * because Spring AI does it; only the result is taken before it is made a text.
 *
 * @param definition what the model is told of the tool
 * @param metadata what Spring AI wants to know of it
 * @param declaration what the method says about itself
 * @param target the object that is called
 * @param method the method
 * @param converter makes a text of a result
 */
record ToolMethod(ToolDefinition definition, ToolMetadata metadata, ToolDeclaration declaration, Object target,
		Method method, ToolCallResultConverter converter) {

	static ToolMethod of(Object target, Method method) {
		return new ToolMethod(ToolDefinitions.from(method), ToolMetadata.from(method), DeclaredPolicy.of(method),
				target, AopUtils.selectInvocableMethod(method, target.getClass()),
				ToolUtils.getToolCallResultConverter(method));
	}

	ToolCallback toTool() {
		Class<?> type = this.method.getReturnType();
		boolean reactive = CompletionStage.class.isAssignableFrom(type) || adapter(type) != null;
		return reactive ? new ReactiveToolMethod(this) : new BlockingToolMethod(this);
	}

	private static @Nullable ReactiveAdapter adapter(Class<?> type) {
		return ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
	}

	/**
	 * Call the method.
	 * @param arguments the arguments, a JSON object
	 * @param context the tool's context, or {@code null}
	 * @return what the method returned
	 */
	@Nullable Object invoke(String arguments, @Nullable ToolContext context) {
		TakenResult taken = new TakenResult();
		new MethodToolCallback(this.definition, this.metadata, this.method, this.target, taken).call(arguments,
				context);
		return taken.result;
	}

	/**
	 * Call a method that returns a publisher or a stage.
	 * @param arguments the arguments, a JSON object
	 * @param context the tool's context
	 * @return the answer
	 */
	Mono<ToolReply> invokeReactive(String arguments, ToolContext context) {
		Object result = invoke(arguments, context);
		if (result == null) {
			return Mono.error(new IllegalStateException(
					"Method %s returned null: return an empty publisher instead".formatted(this.method)));
		}
		ResolvableType element = ResolvableType.forMethodReturnType(this.method).getGeneric(0);
		if (result instanceof CompletionStage<?> stage) {
			return Mono.fromFuture(stage.toCompletableFuture())
				.map((value) -> reply(value, element.getType()))
				.switchIfEmpty(Mono.fromSupplier(() -> nothing(element)));
		}
		ReactiveAdapter adapter = adapter(this.method.getReturnType());
		if (adapter == null) {
			return Mono.error(new IllegalStateException("Method %s is not reactive".formatted(this.method)));
		}
		if (adapter.isMultiValue()) {
			Type list = ResolvableType.forClassWithGenerics(Iterable.class, element).getType();
			return Flux.from(adapter.toPublisher(result)).collectList().map((values) -> reply(values, list));
		}
		return Mono.from(adapter.toPublisher(result))
			.map((value) -> reply(value, element.getType()))
			.switchIfEmpty(Mono.fromSupplier(() -> nothing(element)));
	}

	private ToolReply nothing(ResolvableType element) {
		return reply(null, (element.resolve(Object.class) == Void.class) ? Void.TYPE : element.getType());
	}

	ToolReply reply(@Nullable Object result, Type type) {
		return (result instanceof ToolReply reply) ? reply : ToolReply.of(this.converter.convert(result, type));
	}

	/**
	 * Keeps a result as it is.
	 */
	private static final class TakenResult implements ToolCallResultConverter {

		private @Nullable Object result;

		@Override
		public String convert(@Nullable Object result, @Nullable Type returnType) {
			this.result = result;
			return "";
		}

	}

}
