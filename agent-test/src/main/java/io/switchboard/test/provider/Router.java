package io.switchboard.test.provider;

import java.util.List;
import java.util.Map;

/**
 * Finds the endpoint of a request.
 */
final class Router implements RequestHandler {

	private static final String MODELS = Json.write(Json.object("object", "list", "data",
			List.of(Json.object("id", "fake-model", "object", "model", "created", 0, "owned_by", "switchboard"))));

	private final Map<String, RequestHandler> chats;

	private final RequestHandler control;

	/**
	 * Leads to endpoints.
	 * @param chats where completions are asked for, by path
	 * @param control the remote control
	 */
	Router(Map<String, RequestHandler> chats, RequestHandler control) {
		this.chats = chats;
		this.control = control;
	}

	@Override
	public void handle(HttpRequest request, Connection connection) {
		String path = request.head().path();
		RequestHandler chat = this.chats.get(path);
		if (chat != null) {
			require("POST", request.head());
			chat.handle(request, connection);
		}
		else if (path.equals("/v1/models")) {
			require("GET", request.head());
			connection.send(Http.json(200, Map.of(), MODELS));
			connection.finish();
		}
		else if (path.startsWith("/control/")) {
			this.control.handle(request, connection);
		}
		else {
			throw new HttpFault(404,
					"The path must be /v1/chat/completions, /v1/models, /v1/messages, /api/chat or one below /control, "
							+ "but was '" + path + "'");
		}
	}

	private static void require(String method, RequestHead head) {
		if (!head.method().equals(method)) {
			throw new HttpFault(405,
					"The method of " + head.path() + " must be " + method + ", but was " + head.method());
		}
	}

}
