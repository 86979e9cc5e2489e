package io.switchboard.ai.turn;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * A tool that keeps how it was called.
 */
public final class FixtureTool implements ToolCallback {

	private final String name;

	private final Callable<String> work;

	private final List<String> inputs = new CopyOnWriteArrayList<>();

	private volatile @Nullable ToolContext context;

	private volatile @Nullable Thread thread;

	public FixtureTool(String name, Callable<String> work) {
		this.name = name;
		this.work = work;
	}

	@Override
	public ToolDefinition getToolDefinition() {
		return ToolDefinition.builder().name(this.name).description("For tests").inputSchema("{}").build();
	}

	@Override
	public String call(String input) {
		throw new UnsupportedOperationException("an agent gives a context");
	}

	@Override
	public String call(String input, @Nullable ToolContext context) {
		this.inputs.add(input);
		this.context = context;
		this.thread = Thread.currentThread();
		try {
			return this.work.call();
		}
		catch (Exception ex) {
			throw sneaky(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static <E extends Exception> RuntimeException sneaky(Exception ex) throws E {
		throw (E) ex;
	}

	public List<String> inputs() {
		return this.inputs;
	}

	public @Nullable ToolContext context() {
		return this.context;
	}

	public @Nullable Thread thread() {
		return this.thread;
	}

}
