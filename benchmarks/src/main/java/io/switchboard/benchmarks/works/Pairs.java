package io.switchboard.benchmarks.works;

import java.util.concurrent.CountDownLatch;

import io.switchboard.benchmarks.measurement.Samples;

/**
 * Agents with one client each.
 */
@FunctionalInterface
public interface Pairs {

	/**
	 * Make new clients, each of which asks its agent one question after the other.
	 * @param asks questions of each client
	 * @param latencies where each client writes how long its answers took
	 * @param done counted down by each client at its end
	 * @return lets all clients begin
	 */
	Runnable clients(int asks, Samples[] latencies, CountDownLatch done);

}
