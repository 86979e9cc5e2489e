package io.switchboard.autoconfigure.web;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Holds work until a test lets it go, and tells the test how far it has come.
 */
final class Gates {

	private final ConcurrentMap<String, Gate> gates = new ConcurrentHashMap<>();

	Mono<Void> pass(String name) {
		Gate gate = gate(name);
		return Mono.defer(() -> {
			gate.reached.tryEmitEmpty();
			return gate.opened.asMono();
		}).doOnCancel(gate.cancelled::tryEmitEmpty);
	}

	void open(String name) {
		gate(name).opened.tryEmitEmpty();
	}

	Mono<Void> reached(String name) {
		return gate(name).reached.asMono();
	}

	Mono<Void> cancelled(String name) {
		return gate(name).cancelled.asMono();
	}

	private Gate gate(String name) {
		return this.gates.computeIfAbsent(name, (key) -> new Gate(Sinks.empty(), Sinks.empty(), Sinks.empty()));
	}

	private record Gate(Sinks.Empty<Void> opened, Sinks.Empty<Void> reached, Sinks.Empty<Void> cancelled) {

	}

}
