package io.switchboard.runtime;

import io.switchboard.AgentPath;
import reactor.core.publisher.Mono;

/**
 * Finds the partition that is responsible for a key, below one partition supervisor.
 * <p>
 * A partition keeps its keys for as long as the number of partitions stays the same; its
 * restarts change nothing.
 *
 * @since 0.1.0
 */
public interface Partitions {

	/**
	 * Where the partition supervisor lives.
	 * @return the path
	 */
	AgentPath supervisor();

	/**
	 * How many partitions share the keys now.
	 * @return the number, from zero to what was specified
	 * @throws IllegalArgumentException if there is no partition supervisor at the path
	 */
	int size();

	/**
	 * Find the partition for a key. Whole numbers are dealt out in turn: the key's
	 * remainder, without its sign, is the number of the partition. Other keys are spread
	 * by their {@code hashCode}, so use keys whose hash stays the same, such as strings.
	 * @param key the key
	 * @return the path of the partition; that it is known says nothing about whether it
	 * is up
	 * @throws IllegalArgumentException if there is no partition supervisor at the path
	 * @throws NoPartitionException if nobody is responsible for the key, because there
	 * are no partitions now, or because that one has ended for good
	 */
	AgentPath of(Object key);

	/**
	 * Use fewer partitions, or more again. Keys move, as there are others to share them:
	 * do this when it does not matter who knows what about which key.
	 * <p>
	 * Partitions that go are out of use at once and are then stopped, the last one first;
	 * those that come are started in order and in use when all of them are up. If one
	 * does not start, those before it are in use. A restart of the supervisor brings all
	 * of them back.
	 * @param partitions the number, from zero to what was specified
	 * @return completes when all that go are down, or all that come are up; fails with a
	 * {@link ChildOperationException} as the calls of {@link SupervisorRef} do, or with
	 * an {@link IllegalArgumentException} if the number is not possible or there is no
	 * partition supervisor at the path
	 */
	Mono<Void> resize(int partitions);

}
