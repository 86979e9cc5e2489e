package io.switchboard.registry;

import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Unique names: each is held by one owner, with a value attached.
 * <p>
 * A name is any object with a stable {@code equals} and {@code hashCode}; {@code 1} and
 * {@code 1L} are two names. It is free again when its owner unregisters it or ends. An
 * owner that has ended never stands in the way of a new one, even if it has not been
 * cleaned up yet.
 * <p>
 * Each registration and its end is an event of the system,
 * {@link io.switchboard.event.AgentEvent.NameRegistered} and
 * {@link io.switchboard.event.AgentEvent.NameReleased}, so its listeners are told.
 * <p>
 * To let an agent have a name for as long as it is in the tree, give it in its
 * specification.
 *
 * @since 0.1.0
 */
public interface Names {

	/**
	 * Register a name without a value.
	 * @param key the name
	 * @param owner whose it is to be
	 * @return what became of it
	 */
	default Registration register(Object key, Owner owner) {
		return register(key, owner, null);
	}

	/**
	 * Register a name.
	 * @param key the name
	 * @param owner whose it is to be
	 * @param value what to attach to it
	 * @return what became of it; a name that is held already keeps its owner and value
	 */
	Registration register(Object key, Owner owner, @Nullable Object value);

	/**
	 * Look a name up. The agent is then at {@code owner().path()}.
	 * @param key the name
	 * @return the name as it is registered, or {@code null} if nobody holds it
	 */
	@Nullable Name whereIs(Object key);

	/**
	 * Give a name up.
	 * @param key the name
	 * @param owner whose it is; others cannot
	 * @return whether it was registered for that owner
	 */
	boolean unregister(Object key, Owner owner);

	/**
	 * Change the value of a name.
	 * @param key the name
	 * @param owner whose it is; others cannot. A life may also change what belongs to all
	 * lives at its path
	 * @param update makes the new value from the old one; called again if somebody else
	 * changes it at the same moment
	 * @return the old and the new value, or {@code null} if the name is not that owner's
	 */
	@Nullable ValueChange update(Object key, Owner owner, UnaryOperator<@Nullable Object> update);

	/**
	 * The names of one owner.
	 * @param owner the owner
	 * @return its names as they are now, in no order. Looks through all names
	 */
	List<Name> of(Owner owner);

	/**
	 * All names.
	 * @return the names as they are now, in no order
	 */
	List<Name> all();

	/**
	 * Do work while nobody else does work under the same key, waiting in line for that.
	 * The lock is given back when the work ends, fails or is cancelled. It has nothing to
	 * do with who holds the name, and is not re-entrant: work that asks for its own key
	 * waits for ever.
	 * @param key the key, usually the name that the work is about to register
	 * @param work what to do, subscribed to when it is its turn
	 * @param <T> the type of its result
	 * @return the result; each subscription waits in line again
	 */
	<T> Mono<T> withLock(Object key, Mono<T> work);

	/**
	 * Do work as {@link #withLock(Object, Mono)} does, on behalf of an agent. Its end
	 * cancels the work, or the waiting for it, and gives the lock back. Code that does
	 * not heed being cancelled may still be running when the next one gets it.
	 * @param key the key
	 * @param owner on whose behalf
	 * @param work what to do, subscribed to when it is its turn
	 * @param <T> the type of its result
	 * @return the result; fails with an {@link OwnerGoneException} when the owner ends
	 */
	<T> Mono<T> withLock(Object key, Owner owner, Mono<T> work);

}
