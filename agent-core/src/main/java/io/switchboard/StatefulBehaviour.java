package io.switchboard;

/**
 * A behaviour whose state operators may look at and replace.
 * <p>
 * Both methods are called between two messages, never beside one. Return a value that
 * does not change afterwards, and nothing that must not be seen.
 *
 * @param <M> the type of message this behaviour handles
 * @param <S> the type of its state
 * @since 0.1.0
 */
public interface StatefulBehaviour<M, S> extends Behaviour<M> {

	/**
	 * Show the state.
	 * @return the state
	 */
	S state();

	/**
	 * Go on with another state. An error leaves the agent running and the state as it
	 * was, so check before changing anything.
	 * @param state the state, of the type that {@link #state()} returns
	 */
	void replaceState(S state);

}
