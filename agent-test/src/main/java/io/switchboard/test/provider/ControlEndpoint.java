package io.switchboard.test.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The provider's remote control, for tests that run it as a process of its own.
 */
final class ControlEndpoint implements RequestHandler {

	private final ReplyScript script;

	private final ExchangeLog log;

	private final IntSupplier openConnections;

	ControlEndpoint(ReplyScript script, ExchangeLog log, IntSupplier openConnections) {
		this.script = script;
		this.log = log;
		this.openConnections = openConnections;
	}

	@Override
	public void handle(HttpRequest request, Connection connection) {
		Object result;
		try {
			result = obey(request.head().method() + " " + request.head().path(), request.body());
		}
		catch (IllegalArgumentException ex) {
			throw new HttpFault(400, String.valueOf(ex.getMessage()));
		}
		connection.send(Http.json(200, Map.of(), Json.write(result)));
		connection.finish();
	}

	private Object obey(String command, String body) {
		return switch (command) {
			case "POST /control/faults" -> queue(Json.read(body));
			case "GET /control/faults" -> queued();
			case "DELETE /control/faults" -> clear();
			case "PUT /control/scenario" -> changeScenario(Json.read(body));
			case "GET /control/exchanges" -> this.log.all().stream().map(ControlEndpoint::describe).toList();
			case "GET /control/requests" -> this.log.all().stream().map(ControlEndpoint::quote).toList();
			case "GET /control/connections" -> Json.object("open", this.openConnections.getAsInt());
			default -> throw new HttpFault(404,
					"The control must be POST, GET or DELETE /control/faults, PUT /control/scenario, "
							+ "GET /control/exchanges, GET /control/requests or GET /control/connections, but was "
							+ command);
		};
	}

	private Object queue(JsonNode orders) {
		List<ReplyRule> rules = new ArrayList<>();
		if (orders.isArray()) {
			orders.values().forEach((order) -> rules.addAll(FaultOrder.read(order)));
		}
		else {
			rules.addAll(FaultOrder.read(orders));
		}
		this.script.add(rules);
		return queued();
	}

	private Object clear() {
		this.script.clear();
		return queued();
	}

	private Object changeScenario(JsonNode order) {
		this.script.otherwise(Scenario.parse(order.path("scenario").asString("")));
		return queued();
	}

	private Object queued() {
		return Json.object("queued", this.script.queued());
	}

	private static Object describe(Exchange exchange) {
		return Json.object("number", exchange.number(), "protocol", exchange.request().protocol().name(), "model",
				exchange.request().model(), "streamed", exchange.request().streamed(), "receivedAt",
				exchange.receivedAt().toString(), "outcome", exchange.outcome().name(), "tokensSent",
				exchange.tokensSent(), "closedByClientAfterMillis", closedAfter(exchange));
	}

	private static Object quote(Exchange exchange) {
		return Json.object("number", exchange.number(), "protocol", exchange.request().protocol().name(), "receivedAt",
				exchange.receivedAt().toString(), "body", exchange.request().body());
	}

	private static @Nullable Long closedAfter(Exchange exchange) {
		return (exchange.outcome() == ExchangeOutcome.CLOSED_BY_CLIENT)
				? exchange.clientClose().join().afterRequest().toMillis() : null;
	}

}
