package io.switchboard.journal;

import org.jspecify.annotations.Nullable;

/**
 * The store cannot be reached, is full or too slow. Try again later.
 *
 * @since 0.1.0
 */
public final class JournalUnavailableException extends JournalException {

	private static final long serialVersionUID = 1L;

	/**
	 * Report a store that is away.
	 * @param detail what was tried and how long
	 * @param cause what the store says, or {@code null}
	 */
	public JournalUnavailableException(String detail, @Nullable Throwable cause) {
		super("The journal cannot be reached: %s".formatted(detail), cause);
	}

}
