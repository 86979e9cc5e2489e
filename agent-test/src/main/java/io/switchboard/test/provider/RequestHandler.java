package io.switchboard.test.provider;

/**
 * Answers requests on the event loop. A request is over when the handler, now or later,
 * has called {@link Connection#finish()} or {@link Connection#cut(boolean)}.
 */
interface RequestHandler {

	void handle(HttpRequest request, Connection connection);

}
