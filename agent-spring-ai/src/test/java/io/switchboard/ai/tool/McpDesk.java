package io.switchboard.ai.tool;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * An MCP server with one tool {@code lookup}, reached without a network.
 */
final class McpDesk implements McpClientTransport {

	static final McpSchema.Tool LOOKUP = McpSchema.Tool.builder("lookup", Map.of("type", "object"))
		.description("For tests")
		.build();

	private final Function<Object, @Nullable JSONRPCResponse> answer;

	private final CountDownLatch called = new CountDownLatch(1);

	private final List<ContextView> contexts = new CopyOnWriteArrayList<>();

	private volatile Function<Mono<McpSchema.JSONRPCMessage>, Mono<McpSchema.JSONRPCMessage>> client = (message) -> Mono
		.empty();

	private McpDesk(Function<Object, @Nullable JSONRPCResponse> answer) {
		this.answer = answer;
	}

	static McpDesk says(String text) {
		return answers(text, false);
	}

	static McpDesk regrets(String text) {
		return answers(text, true);
	}

	private static McpDesk answers(String text, boolean error) {
		return new McpDesk((id) -> JSONRPCResponse.result(id,
				McpSchema.CallToolResult.builder(List.of(McpSchema.TextContent.builder(text).build()))
					.isError(error)
					.build()));
	}

	static McpDesk fails(String text) {
		return new McpDesk((id) -> JSONRPCResponse.error(id,
				new JSONRPCResponse.JSONRPCError(McpSchema.ErrorCodes.INVALID_PARAMS, text)));
	}

	static McpDesk isSilent() {
		return new McpDesk((id) -> null);
	}

	void awaitCall() {
		try {
			if (!this.called.await(ToolCalls.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				throw new AssertionError("The tool was not called");
			}
		}
		catch (InterruptedException ex) {
			throw new AssertionError("interrupted", ex);
		}
	}

	/**
	 * What calls of the tool came with.
	 * @return their contexts
	 */
	List<ContextView> contexts() {
		return this.contexts;
	}

	@Override
	public Mono<Void> connect(Function<Mono<McpSchema.JSONRPCMessage>, Mono<McpSchema.JSONRPCMessage>> handler) {
		return Mono.fromRunnable(() -> this.client = handler);
	}

	@Override
	public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
		if (!(message instanceof McpSchema.JSONRPCRequest request)) {
			return Mono.empty();
		}
		return Mono.deferContextual((context) -> this.client.apply(Mono.justOrEmpty(answer(request, context))).then());
	}

	private @Nullable JSONRPCResponse answer(McpSchema.JSONRPCRequest request, ContextView context) {
		if (McpSchema.METHOD_INITIALIZE.equals(request.method())) {
			return JSONRPCResponse.result(request.id(),
					McpSchema.InitializeResult
						.builder(protocolVersions().get(0), McpSchema.ServerCapabilities.builder().tools(false).build(),
								McpSchema.Implementation.builder("desk", "1").build())
						.build());
		}
		this.contexts.add(context);
		this.called.countDown();
		return this.answer.apply(request.id());
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
		return (T) data;
	}

	@Override
	public Mono<Void> closeGracefully() {
		return Mono.empty();
	}

}
