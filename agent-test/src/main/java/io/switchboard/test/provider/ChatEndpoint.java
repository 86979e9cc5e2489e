package io.switchboard.test.provider;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;

/**
 * Where completions are asked for, in one of the protocols.
 */
final class ChatEndpoint implements RequestHandler {

	private final Protocol protocol;

	private final EventLoop loop;

	private final ReplyScript script;

	private final ExchangeLog log;

	ChatEndpoint(Protocol protocol, EventLoop loop, ReplyScript script, ExchangeLog log) {
		this.protocol = protocol;
		this.loop = loop;
		this.script = script;
		this.log = log;
	}

	@Override
	public void handle(HttpRequest request, Connection connection) {
		JsonNode body = Json.read(request.body());
		if (!body.path("messages").isArray()) {
			throw new HttpFault(400, "The body must have an array 'messages', but was " + body.getNodeType());
		}
		ChatRequest chat = new ChatRequest(this.protocol, request.head().headers(), body);
		Reply reply = this.script.next(chat);
		Exchange exchange = this.log.open(chat);
		connection.attach(exchange);
		if (reply instanceof ProviderError error) {
			after(error.delay(), () -> fail(error, exchange, connection));
		}
		else if (reply instanceof Completion completion) {
			after(completion.delay(), new Playback(this.loop, connection, exchange, completion)::begin);
		}
	}

	private void fail(ProviderError error, Exchange exchange, Connection connection) {
		if (connection.serves(exchange)) {
			Map<String, String> headers = new TreeMap<>(error.headers());
			headers.put("x-request-id", "req_" + exchange.number());
			connection
				.send(Http.json(ErrorBody.status(error, this.protocol), headers, ErrorBody.of(error, this.protocol)));
			connection.finish();
		}
	}

	private void after(Duration delay, Runnable task) {
		if (delay.isZero()) {
			task.run();
		}
		else {
			this.loop.schedule(delay, task);
		}
	}

}
