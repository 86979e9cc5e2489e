package com.example.docs.tools;

import java.util.List;

import reactor.core.publisher.Mono;

/**
 * The shop that the examples' tools ask.
 */
interface Orders {

	Mono<String> state(long order);

	void cancel(long order, String reason);

	List<Order> of(String customer);

}
