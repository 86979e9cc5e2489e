package io.switchboard.blocking;

/**
 * Blocks on a thread that must not block, for tests of what becomes of others then. What
 * users' agents do is their own affair, and the runtime has to cope with it.
 */
public final class OnPurpose {

	private OnPurpose() {
	}

	/**
	 * Do something that blocks.
	 * @param action what to do
	 * @param <X> what may go wrong
	 * @throws X if it does
	 */
	public static <X extends Exception> void block(Action<X> action) throws X {
		action.run();
	}

	/**
	 * Something that blocks.
	 *
	 * @param <X> what may go wrong
	 */
	@FunctionalInterface
	public interface Action<X extends Exception> {

		void run() throws X;

	}

}
