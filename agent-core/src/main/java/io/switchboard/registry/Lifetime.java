package io.switchboard.registry;

import reactor.core.Disposable;

/**
 * Something that ends, and takes with it what is bound to it. For those who build a
 * runtime.
 *
 * @since 0.1.0
 */
public interface Lifetime {

	/**
	 * Whether it has ended. True as soon as the end is certain, even if what is bound has
	 * not been disposed yet.
	 * @return {@code true} if so
	 */
	boolean isOver();

	/**
	 * Let something end with this; at once if it has ended already.
	 * @param resource disposed at the end, must not block
	 */
	void bind(Disposable resource);

	/**
	 * Do not end something with this any more.
	 * @param resource what had been bound
	 */
	void unbind(Disposable resource);

}
